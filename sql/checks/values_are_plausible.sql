-- One row per loan with a value that is possible but worth a look: nobody of that age borrows, a job that began before
-- the customer was fifteen, or an income that no household has.
--
-- @severity warn

SELECT
    history.loan_id,
    history.id,
    history.age,
    history.years_on_the_job,
    profile.loan_amount,
    profile.income
FROM credit_history AS history
JOIN customer_profile AS profile USING (loan_id)
WHERE history.age NOT BETWEEN 18 AND 100
    OR history.years_on_the_job > history.age - 15
    OR profile.loan_amount <= 0
    OR profile.income NOT BETWEEN 1_000 AND 100_000_000
ORDER BY history.loan_id
