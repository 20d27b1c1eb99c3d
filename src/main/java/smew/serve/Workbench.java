package smew.serve;

/** The project that somebody works on, shown as it stands on disk beside what was released of it. Safe for any number of threads. */
public interface Workbench {

    /** Another one after each change of the project's SQL; known without waiting. */
    String digest();

    /** Looks whether the SQL changed; never throws. */
    void refresh();

    /** What stands there now, as it becomes JSON. It takes work, and names no folder of this machine. */
    Object project();
}
