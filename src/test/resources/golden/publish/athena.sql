CREATE DATABASE IF NOT EXISTS `features`;

CREATE EXTERNAL TABLE IF NOT EXISTS `features`.`credit_history` (
    `id` bigint,
    `loan_date` timestamp,
    `loan_id` int,
    `loan_amount` double,
    `instalment` decimal(10,2)
)
STORED AS PARQUET
LOCATION 's3://lake/smew/releases/20261123T171549.239Z-648fb3eec821/features/credit_history/'
TBLPROPERTIES ('smew.view' = 'credit_history');

ALTER TABLE `features`.`credit_history` SET LOCATION 's3://lake/smew/releases/20261123T171549.239Z-648fb3eec821/features/credit_history/';

CREATE OR REPLACE VIEW "features"."latest_credit_history" AS
SELECT "id", "loan_date", "loan_id", "loan_amount", "instalment"
FROM (SELECT "id", "loan_date", "loan_id", "loan_amount", "instalment", row_number() OVER (PARTITION BY "id" ORDER BY "loan_date" DESC NULLS FIRST, "loan_id" DESC NULLS FIRST, "loan_amount" DESC NULLS FIRST, "instalment" DESC NULLS FIRST) AS "newest" FROM "features"."credit_history") numbered
WHERE "newest" = 1;

CREATE EXTERNAL TABLE IF NOT EXISTS `features`.`customer_profile` (
    `id` bigint,
    `town` string,
    `is_owner` boolean
)
STORED AS PARQUET
LOCATION 's3://lake/smew/releases/20261123T171549.239Z-648fb3eec821/features/customer_profile/'
TBLPROPERTIES ('smew.view' = 'customer_profile');

ALTER TABLE `features`.`customer_profile` SET LOCATION 's3://lake/smew/releases/20261123T171549.239Z-648fb3eec821/features/customer_profile/';

CREATE OR REPLACE VIEW "features"."latest_customer_profile" AS
SELECT "id", "town", "is_owner"
FROM "features"."customer_profile";

CREATE OR REPLACE VIEW "features"."smew_release" AS
SELECT '20261123T171549.239Z-648fb3eec821' AS id, TIMESTAMP '2026-11-23 17:15:49.239' AS created, DATE '2026-11-23' AS as_of;
