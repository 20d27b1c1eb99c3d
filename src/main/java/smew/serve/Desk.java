package smew.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.Releases;
import smew.release.RunLog;

/** What somebody who works on a project looks at: its SQL on disk, and what became of its runs. */
final class Desk {

    /** The newest runs; who looks for older ones reads the store. */
    private static final int SHOWN = 50;

    private Desk() {}

    static Answered project(Call call) {
        Workbench workbench = call.service()
                .workbench()
                .orElseThrow(() -> new SmewException(
                        Fault.NOT_FOUND,
                        "This server shows releases, and no project. `smew ui` shows one as it stands on disk."));
        return new Answered.Work(() -> Answer.json(workbench.project()));
    }

    static Answered runs(Call call) {
        Releases releases = ReleaseList.releases(call);
        return new Answered.Work(() -> {
            RunLog log = RunLog.of(releases);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("runs", log.newest(SHOWN));
            log.next().ifPresent(next -> answer.put("next", next));
            return Answer.json(answer);
        });
    }
}
