SELECT zz_protect('spc_limitset');
SELECT zz_protect('spc_violationpoint');
