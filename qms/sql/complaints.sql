CREATE SEQUENCE zz_number_complaint START 1001;
CREATE SEQUENCE zz_number_rma START 1001;
INSERT INTO plant_numberingseries (code, prefix, width) VALUES ('complaint', 'CC', 6), ('rma', 'RMA', 5);
SELECT zz_protect('qms_satisfaction');
