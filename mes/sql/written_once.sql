SELECT zz_protect('mes_jobresponse');
