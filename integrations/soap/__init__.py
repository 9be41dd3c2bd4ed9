"""SOAP for systems that speak nothing else: the objects of the API as operations of one service, with its WSDL."""
