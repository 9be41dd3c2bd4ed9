"""Systems that speak SOAP: their WSDL says what can be called, the settings say what is."""

from integrations.adapters.soap.adapter import Soap

ADAPTER = Soap()
