-- What credit_history knows of a customer's earlier loans. Relations that the view reads are CTEs with a few rows; it has to give
-- the rows of the CTE expected, in whatever order. Columns that are not in expected are not compared.
--
-- @as-of 2020-03-01

WITH loans AS (
    SELECT
        *,
        row_number() OVER () AS file_row,
        0 AS status,
        DATE '1990-03-01' AS birthday,
        DATE '3021-01-01' AS job_start_date, -- not employed
        'Y' AS flag_own_car
    FROM (VALUES
        (1, 7, DATE '2020-01-01', 100),
        (2, 7, DATE '2020-02-01', 200),
        (3, 7, DATE '2020-02-01', 900),      -- the same day: counted, but not yet part of the mean
        (4, 8, DATE '2020-02-01', 50),       -- another customer
        (5, 7, DATE '2020-03-02', 10)        -- after the as-of date: not there yet
    ) AS loan (loan_id, id, loan_date, loan_amount)
),

expected AS (
    SELECT * FROM (VALUES
        (1, 0, NULL, 30),
        (2, 1, 100, 30),
        (3, 2, 100, 30),
        (4, 0, NULL, 30)
    ) AS history (loan_id, nb_previous_loans, avg_amount_loans_previous, age)
)

SELECT * FROM credit_history
