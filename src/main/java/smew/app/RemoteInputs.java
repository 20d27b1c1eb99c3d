package smew.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;
import smew.features.Inputs.Given;
import smew.project.Directive;
import smew.project.Project;
import smew.project.Relation;
import smew.store.RemoteFiles;

/** The inputs of a project as a machine elsewhere reads them: all of them lie on S3. */
final class RemoteInputs {

    private RemoteInputs() {}

    /**
     * Address by variable.
     *
     * @throws SmewException CONFIGURATION with every input that lies on this machine
     */
    static Map<String, String> of(Project project, RunRequest run) {
        Map<String, Given> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(run.variables());
        Map<String, String> addresses = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<Problem> problems = new ArrayList<>();
        for (Relation.Source source : project.sources()) {
            source.inputs().forEach((variable, declared) -> {
                String address =
                        given.containsKey(variable) ? given.get(variable).text() : declared;
                if (RemoteFiles.isRemote(address)) {
                    addresses.put(variable, address);
                } else {
                    String origin = given.containsKey(variable)
                            ? given.get(variable).origin()
                            : source.file().where(Directive.INPUT);
                    problems.add(new Problem(
                            origin,
                            "the input " + variable + " is " + address
                                    + ", which lies on this machine. Copy it to S3 and give --set " + variable
                                    + "=s3://BUCKET/KEY."));
                }
            });
        }
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.CONFIGURATION, "Looking for inputs that SageMaker can read", problems);
        }
        return addresses;
    }
}
