package smew.publish;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import smew.aws.AwsFailure;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.redshiftdata.model.DescribeStatementResponse;
import software.amazon.awssdk.services.redshiftdata.model.StatusString;
import software.amazon.awssdk.services.redshiftdata.model.SubStatementData;

/** What a failure of the Redshift Data API, or of a statement in Redshift, means for the person who can act on it. */
record RedshiftFailure(Destination.Redshift into, String region) {

    private static final int REASON_LENGTH = 600;

    /** A request that was refused before anything ran. */
    SmewException refused(String doing, CompletionException failed) {
        SmewException known = AwsFailure.of(doing, failed);
        String said = known.getMessage().toLowerCase(Locale.ROOT);
        if (into.secretArn().isPresent() && said.contains("secret") && !said.contains("not authorized")) {
            return new SmewException(
                    Fault.NOT_FOUND,
                    doing + ": the secret cannot be used (" + words(failed)
                            + "). Check --secret-arn, and that it holds user and password of this database.",
                    failed);
        }
        if (said.contains("endpoint doesn't exist") || said.contains("not found") || known.fault() == Fault.NOT_FOUND) {
            return new SmewException(
                    Fault.NOT_FOUND,
                    doing + ": there is no " + into.where() + " in region " + region + " (" + words(failed)
                            + "). Check --workgroup or --cluster, and the region.",
                    failed);
        }
        return said.contains("database") && said.contains("does not exist") ? noDatabase(doing, words(failed)) : known;
    }

    /**
     * A statement that did not finish.
     *
     * @param steps what was run, one for each part of the statement
     */
    SmewException unfinished(String doing, DescribeStatementResponse ended, List<RedshiftTable.Step> steps) {
        SubStatementData part = null;
        String step = "it";
        List<SubStatementData> parts = ended.subStatements();
        for (int index = 0; index < parts.size() && part == null; index++) {
            String status = String.valueOf(parts.get(index).statusAsString());
            if ((status.equals("FAILED") || status.equals("ABORTED")) && index < steps.size()) {
                part = parts.get(index);
                step = steps.get(index).doing();
            }
        }
        String error = part == null || part.error() == null ? ended.error() : part.error();
        String reason = error == null ? "Redshift gave no reason" : reason(error);
        String said = reason.toLowerCase(Locale.ROOT);
        if (ended.status() == StatusString.ABORTED) {
            return new SmewException(
                    Fault.OUTSIDE,
                    doing + ": somebody, or a limit of " + into.where() + ", aborted it while " + step + " (" + reason
                            + "). The table is as it was; publish again.");
        }
        if (step.equals(RedshiftTable.COUNTING) && said.contains("zero")) {
            return new SmewException(
                    Fault.OUTSIDE,
                    doing
                            + ": COPY loaded another number of rows than the release has. The table is as it was. Look whether"
                            + " files were added to or deleted from the release, and publish again.");
        }
        if (said.contains("database \"") && said.contains("does not exist")) {
            return noDatabase(doing, reason);
        }
        if (said.contains("schema \"") && said.contains("does not exist")) {
            return new SmewException(
                    Fault.NOT_FOUND,
                    doing + ": there is no schema " + into.schema() + " (" + reason
                            + "). Create it, or give --schema another one.");
        }
        return new SmewException(
                Fault.OUTSIDE, doing + ": " + step + " failed (" + reason + "). The table is as it was. " + cure(said));
    }

    private SmewException noDatabase(String doing, String reason) {
        return new SmewException(
                Fault.NOT_FOUND,
                doing + ": there is no database " + into.database() + " in " + into.where() + " (" + reason
                        + "). Check --database.");
    }

    private String cure(String said) {
        if (said.contains("depend on it")) {
            return "Drop the views that read it, or create them WITH NO SCHEMA BINDING.";
        }
        if (said.contains("s3") || said.contains("iam role") || said.contains("credentials")) {
            return "Let the role " + into.iamRole() + " be one of " + into.where()
                    + ", and read the bucket, which must lie in the region of Redshift.";
        }
        if (said.contains("permission denied")) {
            return "Let the database user create tables in schema " + into.schema() + ", and own those to be replaced.";
        }
        return "Correct that, and publish again.";
    }

    private static String words(CompletionException failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        return reason(String.valueOf(cause.getMessage()).replaceFirst(" \\(Service: .*", ""));
    }

    /** On one line and without its full stop, because it is quoted inside a sentence. */
    private static String reason(String error) {
        String line = error.strip().replaceAll("\\s+", " ").replaceFirst("\\.$", "");
        return line.length() > REASON_LENGTH ? line.substring(0, REASON_LENGTH) + "…" : line;
    }
}
