-- One row per loan: what was known about the customer's earlier loans when this one was granted.
--
-- nb_previous_loans: loans of the same customer before this one; on one day, those above it in the file
-- avg_amount_loans_previous: mean amount of the customer's loans of earlier days; null for a first one
-- age: whole years of 365 days since birth, up to the as-of date; null for a date in the future
-- years_on_the_job: whole years of 365 days in the present job, up to the as-of date; null for a date in the future
-- flag_own_car: whether the customer owns a car, 0 or 1
--
-- The engine sets as_of; elsewhere: SET VARIABLE as_of = DATE '2021-09-17';
--
-- @entity id
-- @time loan_date, nb_previous_loans
-- @unique loan_id
-- @range loan_date ..as-of
-- @allow as-of age               defined up to the as-of date: an old loan shows how old its customer is on that day
-- @allow as-of years_on_the_job  defined in the same way

WITH known AS (
    -- A run for an earlier day sees the loans of that day and before, and no others.
    SELECT *, getvariable('as_of')::DATE AS as_of
    FROM loans
    WHERE loan_date <= getvariable('as_of')::DATE
),

history AS (
    SELECT
        *,
        row_number() OVER earlier - 1 AS nb_previous_loans,
        -- Without its own group, a window up to today holds earlier days only: loans of one day do not see each other.
        avg(loan_amount) OVER (
            PARTITION BY id ORDER BY loan_date
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP
        ) AS avg_amount_loans_previous
    FROM known
    WINDOW earlier AS (PARTITION BY id ORDER BY loan_date, file_row)
)

SELECT
    loan_id,
    id,
    loan_date,
    status,
    nb_previous_loans::INTEGER AS nb_previous_loans,
    avg_amount_loans_previous,
    -- The day after still counts: another time zone may be there already.
    CASE WHEN birthday <= as_of + 1 THEN floor((as_of - birthday) / 365)::INTEGER END AS age,
    CASE WHEN job_start_date <= as_of + 1 THEN floor((as_of - job_start_date) / 365)::INTEGER END AS years_on_the_job,
    CASE WHEN flag_own_car = 'N' THEN 0 ELSE 1 END AS flag_own_car
FROM history
