package smew.publish;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.SmewException;

/** Where feature views are published to. */
public sealed interface Destination {

    /**
     * A schema of Redshift, reached through its Data API.
     *
     * @param workgroup of Redshift Serverless; or else
     * @param cluster a provisioned cluster
     * @param dbUser who asks the cluster for temporary credentials; empty: whoever the AWS credentials stand for
     * @param secretArn a secret with user and password instead
     * @param iamRole the ARN of the role that COPY reads S3 with, or {@code default}
     */
    record Redshift(
            Optional<String> workgroup,
            Optional<String> cluster,
            Optional<String> dbUser,
            Optional<String> secretArn,
            String database,
            String schema,
            String iamRole)
            implements Destination {

        private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");

        /** @throws SmewException USAGE when these do not go together */
        public Redshift {
            if (workgroup.isPresent() == cluster.isPresent()) {
                throw usage("either --workgroup, of Redshift Serverless, or --cluster is needed");
            }
            if (dbUser.isPresent() && (workgroup.isPresent() || secretArn.isPresent())) {
                throw usage("--db-user goes with --cluster and without --secret-arn only");
            }
            if (!iamRole.equals("default")
                    && Stream.of(iamRole.split(","))
                            .anyMatch(arn -> !ROLE.matcher(arn).matches())) {
                throw usage("--iam-role holds '" + iamRole
                        + "', expected the ARN of a role that may read the bucket, such as"
                        + " arn:aws:iam::123456789012:role/redshift-reads-s3, or default");
            }
        }

        /** What a person calls it. */
        String where() {
            return workgroup.map(name -> "workgroup " + name).orElseGet(() -> "cluster " + cluster.orElse(""));
        }
    }

    /**
     * A database of Athena.
     *
     * @param workgroup empty: Athena's own choice, {@code primary}
     * @param output where Athena leaves results of queries; empty: where the workgroup says
     */
    record Athena(String database, Optional<String> workgroup, Optional<String> output) implements Destination {

        /** @throws SmewException USAGE when the output is not on S3, or Athena has no such names */
        public Athena {
            requireName("--database", database);
            if (output.isPresent() && !output.get().startsWith("s3://")) {
                throw usage(
                        "--output holds '" + output.get() + "', expected a place on S3 such as s3://bucket/results/");
            }
        }
    }

    /** A database of Hive; the statements are printed only. */
    record Hive(String database) implements Destination {

        /** @throws SmewException USAGE when Hive has no such names */
        public Hive {
            requireName("--database", database);
        }
    }

    private static void requireName(String option, String name) {
        if (!name.matches("[A-Za-z0-9_]{1,128}")) {
            throw usage(option + " holds '" + name + "', expected letters, digits and underscores");
        }
    }

    private static SmewException usage(String what) {
        return new SmewException(Fault.USAGE, "Publishing: " + what + ".");
    }
}
