-- One row per loan, as the file has it: columns are named and typed here, nothing is computed.
-- Whoever the customer was when the loan was granted stands on the same row.
--
-- Left out: days_birth and days_employed count back from one fixed day, which birthday and job_start_date say better.
-- A job_start_date in the year 3021 means "not employed".
--
-- @input loans = sample-data/loans.csv.gz
-- @time loan_date, file_row
-- @not-null loan_id, id, loan_date, loan_amount, status
-- @accepted status 0, 1
-- @range loan_amount 0<..
-- @lint off unused-column all that the file has is here for the next feature

SELECT
    loan_id,
    id,                                    -- the customer
    loan_date,
    loan_amount,
    status,                                -- 1: the loan went bad
    code_gender,
    birthday,
    job_start_date,
    name_income_type,
    occupation_type,                       -- null where nobody asked
    amt_income_total,
    name_education_type,
    name_family_status,
    cnt_children,
    cnt_fam_members,
    name_housing_type,
    flag_own_car,
    flag_own_realty,
    flag_mobil,
    flag_work_phone,
    flag_phone,
    flag_email,
    row_number() OVER () AS file_row       -- loans of one customer on one day keep the order of the file
FROM read_csv(
    getvariable('loans'),
    header = true,
    delim = ',',
    quote = '"',
    escape = '"',
    -- Types are given by name: a column that is gone or renamed is an error, a new one is ignored.
    types = {
        'loan_id': 'BIGINT',
        'id': 'BIGINT',
        'loan_date': 'DATE',
        'loan_amount': 'DECIMAL(18, 9)',   -- exact sums, whatever the order of the rows
        'status': 'INTEGER',
        'code_gender': 'VARCHAR',
        'birthday': 'DATE',
        'job_start_date': 'DATE',
        'name_income_type': 'VARCHAR',
        'occupation_type': 'VARCHAR',
        'amt_income_total': 'DOUBLE',
        'name_education_type': 'VARCHAR',
        'name_family_status': 'VARCHAR',
        'cnt_children': 'INTEGER',
        'cnt_fam_members': 'DOUBLE',
        'name_housing_type': 'VARCHAR',
        'flag_own_car': 'VARCHAR',
        'flag_own_realty': 'VARCHAR',
        'flag_mobil': 'INTEGER',
        'flag_work_phone': 'INTEGER',
        'flag_phone': 'INTEGER',
        'flag_email': 'INTEGER'
    }
)
