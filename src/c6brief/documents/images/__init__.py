"""Files of images: looked at without decoding a pixel, then decoded, converted and scaled for print."""
