SELECT zz_protect('mes_jobresponse');
SELECT zz_protect('mes_datavalue');
SELECT zz_protect('mes_routestep');
SELECT zz_protect('mes_checkvalue');
SELECT zz_protect('mes_checkoccasion');
SELECT zz_protect('mes_toolchange');
