package smew.sagemaker;

import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;

/** What answers the requests of an endpoint. */
public sealed interface Hosting {

    /**
     * Machines of its own.
     *
     * @param type such as {@code ml.m5.large}
     * @param count how many at first
     */
    record Instances(String type, int count) implements Hosting {
        public Instances {
            Machines.requireType(type);
            if (count < 1) {
                throw new SmewException(Fault.USAGE, "--instance-count holds " + count + ", expected 1 or more.");
            }
        }
    }

    /**
     * Machines that come with the requests and go with them.
     *
     * @param memoryMegabytes from 1024 to 6144, in steps of 1024
     * @param concurrency how many requests at once, from 1 to 200
     */
    record Serverless(int memoryMegabytes, int concurrency) implements Hosting {
        public Serverless {
            if (memoryMegabytes < 1024 || memoryMegabytes > 6144 || memoryMegabytes % 1024 != 0) {
                throw new SmewException(
                        Fault.USAGE,
                        "--serverless holds a memory of " + memoryMegabytes
                                + " MB, expected 1024, 2048, 3072, 4096, 5120 or 6144.");
            }
            if (concurrency < 1 || concurrency > 200) {
                throw new SmewException(
                        Fault.USAGE, "--serverless holds a concurrency of " + concurrency + ", expected 1 to 200.");
            }
        }
    }

    /**
     * How many machines there are, by the requests that each of them gets.
     *
     * @param least and most machines
     * @param target requests a minute that one machine should get
     */
    record Scaling(int least, int most, double target) {
        public Scaling {
            if (least < 1 || most < least || !(target > 0)) {
                throw new SmewException(
                        Fault.USAGE,
                        "--autoscaling holds " + least + ":" + most + ":" + target
                                + ", expected MIN:MAX or MIN:MAX:TARGET with 1 or more machines and a target above 0.");
            }
        }
    }

    /**
     * Requests and answers that are kept.
     *
     * @param percent of them
     * @param destination address of a folder on S3
     */
    record Capture(int percent, String destination) {
        public Capture {
            if (percent < 1 || percent > 100 || !destination.matches("s3://[^/]+(/.*)?")) {
                throw new SmewException(
                        Fault.USAGE,
                        "--data-capture holds " + percent + ":" + destination
                                + ", expected a percentage from 1 to 100 and a folder, as in 20:s3://bucket/captured.");
            }
        }
    }

    /** As a variant of an endpoint has it. */
    default ProductionVariant.Builder variant() {
        ProductionVariant.Builder variant = ProductionVariant.builder().initialVariantWeight(1f);
        return switch (this) {
            case Instances instances -> variant.instanceType(instances.type()).initialInstanceCount(instances.count());
            case Serverless serverless ->
                variant.serverlessConfig(config ->
                        config.memorySizeInMB(serverless.memoryMegabytes()).maxConcurrency(serverless.concurrency()));
        };
    }

    /** Whether machines stand ready, which can be scaled and replaced one fleet by another. */
    default boolean fleet() {
        return switch (this) {
            case Instances _ -> true;
            case Serverless _ -> false;
        };
    }

    /** Refuses scaling where there is nothing to scale. */
    static void check(Hosting hosting, Optional<Scaling> scaling) {
        if (scaling.isPresent() && !hosting.fleet()) {
            throw new SmewException(
                    Fault.USAGE,
                    "--autoscaling and --serverless are both set; a serverless endpoint scales by itself. Give one of"
                            + " them.");
        }
    }
}
