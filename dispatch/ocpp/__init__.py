"""The charging-station gateway: OCPP in, services out."""
