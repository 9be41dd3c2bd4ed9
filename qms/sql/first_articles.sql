-- What somebody signed of a first article stays as it was read.
SELECT zz_protect('qms_firstarticlereport');
