package smew.app;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;
import smew.sagemaker.Hosting;

/** How the options of an endpoint become values. */
final class HostingConverters {

    private static final Pattern SERVERLESS = Pattern.compile("(\\d{1,5}):(\\d{1,4})");
    private static final Pattern SCALING = Pattern.compile("(\\d{1,4}):(\\d{1,4})(?::(\\d{1,9}(?:\\.\\d{1,9})?))?");
    private static final Pattern CAPTURE = Pattern.compile("(\\d{1,3}):(s3://.+)");
    private static final String REQUESTS_A_MINUTE = "1000";

    private HostingConverters() {}

    static CommandLine register(CommandLine line) {
        return line.registerConverter(Hosting.Serverless.class, HostingConverters::serverless)
                .registerConverter(Hosting.Scaling.class, HostingConverters::scaling)
                .registerConverter(Hosting.Capture.class, HostingConverters::capture);
    }

    private static Hosting.Serverless serverless(String text) {
        Matcher parts = parts(SERVERLESS, text, "MEMORY_MB:CONCURRENCY such as 2048:10");
        return new Hosting.Serverless(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    private static Hosting.Scaling scaling(String text) {
        Matcher parts = parts(SCALING, text, "MIN:MAX or MIN:MAX:TARGET such as 1:4 or 1:4:500");
        String target = parts.group(3) == null ? REQUESTS_A_MINUTE : parts.group(3);
        return new Hosting.Scaling(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Double.parseDouble(target));
    }

    private static Hosting.Capture capture(String text) {
        Matcher parts = parts(CAPTURE, text, "PERCENT:S3-URI such as 20:s3://bucket/captured");
        return new Hosting.Capture(Integer.parseInt(parts.group(1)), parts.group(2));
    }

    private static Matcher parts(Pattern form, String text, String expected) {
        Matcher matcher = form.matcher(text.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException(expected);
        }
        return matcher;
    }
}
