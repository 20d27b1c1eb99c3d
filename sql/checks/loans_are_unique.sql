-- One row per loan number that stands in the input more than once.
-- Joins between the feature views would count such a loan several times.

SELECT loan_id, count(*) AS rows_in_input
FROM loans
GROUP BY loan_id
HAVING count(*) > 1
ORDER BY loan_id
