-- A new life of a tool stays as written.

SELECT zz_protect('mes_toolreset');
