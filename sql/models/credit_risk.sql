-- One row per loan: will it go bad? Learned from loans whose end is known, asked for a customer's newest loan.
--
-- Every column but the entity, the event time and the label is an input, so ids stay out of the SELECT: a model that
-- sees loan_id can learn rows by heart. For the same reason whole customers are held out, not single loans. Gender,
-- family status and children stay out too: in many countries a lender must not decide by them.
--
-- Few loans go bad, so that hardly any is more likely to than not. What counts is that a bad one costs ten times what a good
-- one earns: the threshold is where the two are even.
--
-- @entity id
-- @time loan_date, loan_number
-- @label status
-- @positive 1
-- @algorithm random-forest trees=40 max-depth=10
-- @split entity 0.3
-- @threshold cost fp=1 fn=10
-- @missing median
-- @seed 42

WITH rows_of_both AS (
    -- Both views have one row per loan, so the loan joins them; the customer alone would pair every loan with every other.
    SELECT history.*, profile.* EXCLUDE (loan_id, id, loan_date, file_row)
    FROM credit_history AS history
    JOIN customer_profile AS profile USING (loan_id)
)

SELECT
    id,
    loan_date,
    nb_previous_loans + 1 AS loan_number,
    status,
    nb_previous_loans,
    avg_amount_loans_previous,
    loan_amount / avg_amount_loans_previous AS loan_to_previous_average, -- the loan, in means of the earlier ones
    loan_amount,
    loan_to_income,
    income,
    income_per_person,
    age,
    years_on_the_job,
    is_employed,
    occupation,
    income_type,
    education,
    housing,
    flag_own_car,
    owns_realty
FROM rows_of_both
