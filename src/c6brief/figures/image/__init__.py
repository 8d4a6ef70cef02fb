"""Charts that were made elsewhere: an SVG drawing, a picture of pixels, a page of a PDF."""
