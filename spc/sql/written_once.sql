SELECT zz_protect('spc_limitset');
SELECT zz_protect('spc_violationpoint');
SELECT zz_protect('spc_violationstep');
SELECT zz_protect('spc_samplesize');
