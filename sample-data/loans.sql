-- One row per loan of an invented lender: the data of the sample project. Nobody in it exists.
--
--   ./run.sh sql --file sample-data/loans.sql --set rows=40000 --output sample-data/loans.csv.gz
--
-- rows may be anything from 1; there is one customer for every 20 loans. The same rows give the same bytes on every
-- machine: chance comes from the MD5 of row numbers, and the arithmetic keeps to operations that IEEE 754 fixes exactly.
--
-- What is in it on purpose:
--   * a loan goes bad (status 1) more often when it is large beside the customer's earlier loans or income, early in the
--     customer's history, or granted to somebody young, new in the job or in certain occupations; the rest is luck
--   * several loans of one customer on one day, occupations that nobody asked for, and people without a job, whose
--     job_start_date lies in the year 3021
--   * days_birth and days_employed count back from 2021-09-17; days_employed 365243 means no job

WITH size AS (
    SELECT rows, greatest(1, rows // 20) AS customers
    FROM (SELECT coalesce(try_cast(getvariable('rows') AS BIGINT), 40000) AS rows)
),

-- Chance: 32 bits at a time, as a number from 0 to below 1.
customer_chance AS (
    SELECT
        customer,
        (a & 4294967295) / 4294967296.0 AS u1,
        (a >> 32) / 4294967296.0 AS u2,
        (b & 4294967295) / 4294967296.0 AS u3,
        (b >> 32) / 4294967296.0 AS u4,
        (c & 4294967295) / 4294967296.0 AS u5,
        (c >> 32) / 4294967296.0 AS u6,
        (d & 65535) / 65536.0 AS u7,
        ((d >> 16) & 65535) / 65536.0 AS u8,
        ((d >> 32) & 65535) / 65536.0 AS u9,
        (d >> 48) / 65536.0 AS u10,
        (e & 65535) / 65536.0 AS u11,
        ((e >> 16) & 65535) / 65536.0 AS u12,
        ((e >> 32) & 65535) / 65536.0 AS u13,
        (e >> 48) / 65536.0 AS u14
    FROM (
        SELECT
            customer,
            md5_number_lower('who ' || customer) AS a,
            md5_number_upper('who ' || customer) AS b,
            md5_number_lower('work ' || customer) AS c,
            md5_number_upper('work ' || customer) AS d,
            md5_number_lower('home ' || customer) AS e
        FROM size, range(size.customers) AS customers (customer)
    )
),

people AS (
    SELECT
        *,
        5008804 + customer + customer // 3 AS id,
        7489 + floor(u1 * 17664)::BIGINT AS days_old,
        CASE WHEN u2 < 0.67 THEN 'F' ELSE 'M' END AS gender,
        CASE WHEN u3 < 0.69 THEN 0 WHEN u3 < 0.89 THEN 1 WHEN u3 < 0.98 THEN 2 WHEN u3 < 0.995 THEN 3 ELSE 4 END AS children
    FROM customer_chance
),

workers AS (
    SELECT
        *,
        CASE
            WHEN days_old > 21000 AND u4 < 0.75 OR u4 < 0.02 THEN 'Pensioner'
            WHEN u5 < 0.61 THEN 'Working'
            WHEN u5 < 0.89 THEN 'Commercial associate'
            WHEN u5 < 0.995 OR days_old > 11000 THEN 'State servant'
            ELSE 'Student'
        END AS income_type,
        -- Most have changed jobs not long ago, few have stayed for decades.
        1 + floor((days_old - 6900) * u6 * u6)::BIGINT AS days_in_job,
        22500 * (1 + floor(2 + 4 * u7 + 12 * u8 * u8 * u8 + 30 * (u9 * u9) * (u9 * u9) * (u9 * u9)))::DOUBLE AS income,
        list_extract(
            [
                'Laborers', 'Laborers', 'Laborers', 'Laborers', 'Laborers', 'Core staff', 'Core staff', 'Core staff',
                'Sales staff', 'Sales staff', 'Sales staff', 'Managers', 'Managers', 'Managers', 'Drivers', 'Drivers',
                'High skill tech staff', 'Accountants', 'Medicine staff', 'Cooking staff', 'Security staff',
                'Cleaning staff', 'Private service staff', 'Low-skill Laborers', 'Secretaries', 'Waiters/barmen staff',
                NULL, NULL, NULL, NULL, NULL
            ],
            1 + floor(u10 * 31)::INTEGER
        ) AS job,
        CASE WHEN u11 < 0.68 THEN 'Married' WHEN u11 < 0.81 THEN 'Single / not married' WHEN u11 < 0.89 THEN 'Civil marriage'
            WHEN u11 < 0.95 THEN 'Separated' ELSE 'Widow' END AS family_status,
        CASE WHEN u12 < 0.68 THEN 'Secondary / secondary special' WHEN u12 < 0.95 THEN 'Higher education'
            WHEN u12 < 0.99 THEN 'Incomplete higher' WHEN u12 < 0.999 THEN 'Lower secondary' ELSE 'Academic degree' END AS education,
        CASE WHEN u13 < 0.89 THEN 'House / apartment' WHEN u13 < 0.94 THEN 'With parents' WHEN u13 < 0.972 THEN 'Municipal apartment'
            WHEN u13 < 0.988 THEN 'Rented apartment' WHEN u13 < 0.996 THEN 'Office apartment' ELSE 'Co-op apartment' END AS housing
    FROM people
),

customers AS (
    SELECT
        *,
        income_type <> 'Pensioner' AS has_job,
        CASE WHEN income_type <> 'Pensioner' THEN job END AS occupation,
        children + CASE WHEN family_status IN ('Married', 'Civil marriage') THEN 2 ELSE 1 END AS family_members,
        -- Some borrow little and some much, whatever their income.
        10 + 50 * u14 * u14 AS usual_amount
    FROM workers
),

loan_chance AS (
    SELECT
        loan,
        a AS shuffle,
        (a & 4294967295) / 4294967296.0 AS v1,
        (a >> 32) / 4294967296.0 AS v2,
        (b & 4294967295) / 4294967296.0 AS v3,
        -- Four dice of 8 bits: close to a bell curve around 0, one wide.
        ((((b >> 32) & 255) + ((b >> 40) & 255) + ((b >> 48) & 255) + (b >> 56))::BIGINT - 510) / 148.0 AS luck
    FROM (
        SELECT loan, md5_number_lower('loan ' || loan) AS a, md5_number_upper('loan ' || loan) AS b
        FROM size, range(size.rows) AS loans (loan)
    )
),

-- Everybody has a loan; the others fall unevenly, so that some customers have eighty.
loans AS (
    SELECT
        loan,
        shuffle,
        luck,
        CASE
            WHEN loan < customers THEN loan
            ELSE (floor(customers * (0.3 * v1 + 0.7 * v1 * v1 * v1))::BIGINT * 7919) % customers
        END AS customer,
        DATE '2019-01-01' + floor(v2 * 730)::INTEGER AS loan_date,
        v3 / (1.2 - v3) AS amount_factor
    FROM size, loan_chance
),

granted AS (
    SELECT loans.* EXCLUDE (amount_factor), round(100 + usual_amount * amount_factor, 9) AS amount
    FROM loans
    JOIN customers USING (customer)
),

-- What a lender could have known on the day; sums are whole numbers, so that their order does not matter.
history AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY customer ORDER BY loan_date, shuffle, loan) - 1 AS previous_loans,
        avg(round(amount * 1000)::BIGINT) OVER (
            PARTITION BY customer ORDER BY loan_date
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP
        ) / 1000 AS previous_average
    FROM granted
),

risk AS (
    SELECT
        *,
        3.0 * least(amount / coalesce(previous_average, amount) - 1, 1.0)
        + 0.8 * least(1000 * amount / income - 0.7, 1.0)
        - 0.030 * least(previous_loans, 30)
        - 0.025 * (days_old / 365.0 - 44)
        - CASE WHEN has_job THEN 0.07 * (least(days_in_job / 365.0, 10) - 4) ELSE 0.1 END
        + CASE occupation
            WHEN 'Low-skill Laborers' THEN 1.0 WHEN 'Waiters/barmen staff' THEN 0.8 WHEN 'Security staff' THEN 0.6
            WHEN 'Laborers' THEN 0.4 WHEN 'Drivers' THEN 0.4 WHEN 'Cooking staff' THEN 0.3
            WHEN 'Managers' THEN -0.4 WHEN 'Accountants' THEN -0.6 WHEN 'Core staff' THEN -0.3 ELSE 0 END AS score
    FROM history
    JOIN customers USING (customer)
)

SELECT
    1000 + loan AS loan_id,
    id,
    gender AS code_gender,
    CASE WHEN u2 * 7 % 1 < (CASE gender WHEN 'M' THEN 0.6 ELSE 0.28 END) THEN 'Y' ELSE 'N' END AS flag_own_car,
    CASE WHEN u5 * 11 % 1 < 0.67 THEN 'Y' ELSE 'N' END AS flag_own_realty,
    children AS cnt_children,
    income AS amt_income_total,
    income_type AS name_income_type,
    education AS name_education_type,
    family_status AS name_family_status,
    housing AS name_housing_type,
    -days_old AS days_birth,
    CASE WHEN has_job THEN -days_in_job ELSE 365243 END AS days_employed,
    1 AS flag_mobil,
    (u1 * 1009 % 1 < 0.23)::INTEGER AS flag_work_phone,
    (u2 * 1013 % 1 < 0.30)::INTEGER AS flag_phone,
    (u3 * 1019 % 1 < 0.09)::INTEGER AS flag_email,
    occupation AS occupation_type,
    family_members::DOUBLE AS cnt_fam_members,
    (score + 2.5 * luck > 4)::INTEGER AS status,
    DATE '2021-09-17' - days_old::INTEGER AS birthday,
    DATE '2021-09-17' + (CASE WHEN has_job THEN -days_in_job ELSE 365243 END)::INTEGER AS job_start_date,
    loan_date,
    amount AS loan_amount
FROM risk
ORDER BY loan_date, shuffle, loan
