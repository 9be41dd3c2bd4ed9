-- What was written to a machine stays as written.

SELECT zz_protect('integrations_recipewrite');
