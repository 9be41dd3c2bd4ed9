"""The description of the service: WSDL 1.1, document/literal wrapped, bound to SOAP 1.1 and 1.2."""

from xml.etree.ElementTree import Element

from integrations.formats.safe_xml import add, written
from integrations.soap.operations import operations
from integrations.soap.schema import XSD, described

NAMESPACE = "urn:zhizao:soap:1"
SOAP, SOAP12 = "http://schemas.xmlsoap.org/wsdl/soap/", "http://schemas.xmlsoap.org/wsdl/soap12/"
OVER_HTTP = "http://schemas.xmlsoap.org/soap/http"


def document(address: str) -> bytes:
    """The WSDL with the address of this plant."""
    root = Element("wsdl:definitions", {
        "name": "Zhizao", "targetNamespace": NAMESPACE, "xmlns:tns": NAMESPACE, "xmlns:xsd": XSD,
        "xmlns:wsdl": "http://schemas.xmlsoap.org/wsdl/", "xmlns:soap": SOAP, "xmlns:soap12": SOAP12,
    })
    _types(add(root, "wsdl:types"))
    for name in operations():
        for suffix in ("", "Response"):
            message = add(root, "wsdl:message", attributes={"name": f"{name}{suffix}"})
            add(message, "wsdl:part", attributes={"name": "parameters", "element": f"tns:{name}{suffix}"})
    fault = add(root, "wsdl:message", attributes={"name": "Fault"})
    add(fault, "wsdl:part", attributes={"name": "fault", "element": "tns:Problem"})
    port = add(root, "wsdl:portType", attributes={"name": "Zhizao"})
    for name in operations():
        operation = add(port, "wsdl:operation", attributes={"name": name})
        add(operation, "wsdl:input", attributes={"message": f"tns:{name}"})
        add(operation, "wsdl:output", attributes={"message": f"tns:{name}Response"})
        add(operation, "wsdl:fault", attributes={"name": "Problem", "message": "tns:Fault"})
    for binding, prefix in (("Soap11", "soap"), ("Soap12", "soap12")):
        _binding(root, binding, prefix)
    service = add(root, "wsdl:service", attributes={"name": "Zhizao"})
    for binding, prefix in (("Soap11", "soap"), ("Soap12", "soap12")):
        one = add(service, "wsdl:port", attributes={"name": binding, "binding": f"tns:{binding}"})
        add(one, f"{prefix}:address", attributes={"location": address})
    return written(root)


def _types(types: Element) -> None:
    schema = add(types, "xsd:schema", attributes={"targetNamespace": NAMESPACE, "elementFormDefault": "qualified"})
    for name, one in operations().items():
        for suffix, words in (("", one.asks), ("Response", one.answers)):
            add(schema, "xsd:element", attributes={"name": f"{name}{suffix}", "type": f"tns:{name}{suffix}Type"})
            described(schema, f"{name}{suffix}Type", words)
    problem = add(add(add(schema, "xsd:element", attributes={"name": "Problem"}), "xsd:complexType"), "xsd:sequence")
    for name in ("code", "detail"):
        add(problem, "xsd:element", attributes={"name": name, "type": "xsd:string"})


def _binding(root: Element, name: str, prefix: str) -> None:
    binding = add(root, "wsdl:binding", attributes={"name": name, "type": "tns:Zhizao"})
    add(binding, f"{prefix}:binding", attributes={"style": "document", "transport": OVER_HTTP})
    for operation in operations():
        one = add(binding, "wsdl:operation", attributes={"name": operation})
        add(one, f"{prefix}:operation", attributes={"soapAction": f"{NAMESPACE}/{operation}", "style": "document"})
        for side in ("wsdl:input", "wsdl:output"):
            add(add(one, side), f"{prefix}:body", attributes={"use": "literal"})
        add(add(one, "wsdl:fault", attributes={"name": "Problem"}), f"{prefix}:fault", attributes={
            "name": "Problem", "use": "literal"})
