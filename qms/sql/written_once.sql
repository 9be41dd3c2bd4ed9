SELECT zz_protect('qms_disposition');
SELECT zz_protect('qms_inspectionresult');
