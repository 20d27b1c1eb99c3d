-- One row per customer whose credit history has a gap: counted from 0, previous loans must reach every number up to the
-- newest loan's, and only loans of the first day may lack an average.

SELECT
    id,
    count(*) AS loans,
    max(nb_previous_loans) + 1 AS expected_loans
FROM credit_history
GROUP BY id
HAVING count(*) <> max(nb_previous_loans) + 1
    OR count(*) <> count(DISTINCT nb_previous_loans)
    OR max(loan_date) FILTER (WHERE avg_amount_loans_previous IS NULL) > min(loan_date)
ORDER BY id
