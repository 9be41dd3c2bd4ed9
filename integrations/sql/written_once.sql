-- What was written to a machine, and what a partner told, stays as written.

SELECT zz_protect('integrations_recipewrite');
SELECT zz_protect('integrations_epcisevent');
SELECT zz_protect('integrations_epcisentry');
