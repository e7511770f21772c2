import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Function;
import com.sun.jna.Structure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A host in Java, on JNA alone: one completion, its link, its rating.
 *
 *   java -cp /usr/share/java/jna.jar Host.java MODULE INI
 *
 * The names are those of plugin/abi/haochaping.h, which says what they mean.
 */
public class Host {
    static final int OK = 0, LINE_GOVERNMENT = 1, SUBJECT_LEGAL = 2, ROLE_BIDDER = 3, CHANNEL_ONLINE = 1;

    @Structure.FieldOrder({"data", "size"})
    public static class Text extends Structure {
        public Pointer data;
        public int size;
        public static class ByValue extends Text implements Structure.ByValue {}

        public String toString() {
            return size == 0 ? "" : new String(data.getByteArray(0, size), StandardCharsets.UTF_8);
        }
    }

    @Structure.FieldOrder({"structSize", "type", "role", "reserved", "certificateNo", "certificateKind", "name", "mobile", "agentName",
                           "agentNo"})
    public static class Subject extends Structure {
        public int structSize, type, role, reserved;
        public Text certificateNo, certificateKind, name, mobile, agentName, agentNo;
    }

    @Structure.FieldOrder({"structSize", "line", "hostId", "caseNo", "completionNo", "projectNo", "node", "completedAtUs",
                           "acceptedAtUs", "promisedAtUs", "projectName", "section", "itemCode", "departmentId", "departmentName",
                           "channel", "bidsSecret", "subjects", "subjectCount", "handlers", "handlerCount"})
    public static class Completion extends Structure {
        public int structSize, line;
        public Text hostId, caseNo, completionNo, projectNo, node;
        public long completedAtUs, acceptedAtUs, promisedAtUs;
        public Text projectName, section, itemCode, departmentId, departmentName;
        public int channel, bidsSecret;
        public Pointer subjects;
        public long subjectCount;
        public Pointer handlers;
        public long handlerCount;
    }

    @Structure.FieldOrder({"structSize", "status", "field", "reason"})
    public static class Result extends Structure {
        public int structSize, status;
        public byte[] field = new byte[48];
        public byte[] reason = new byte[176];
    }

    @Structure.FieldOrder({"structSize", "level", "hostId", "caseNo", "completionNo", "subjectType", "reserved", "certificateNo", "tags",
                           "text", "requestKey", "receivedAtUs"})
    public static class Rating extends Structure {
        public int structSize, level;
        public Text hostId, caseNo, completionNo;
        public int subjectType, reserved;
        public Text certificateNo, tags, text, requestKey;
        public long receivedAtUs;
    }

    public interface Log extends Callback {
        void line(Pointer self, int level, Text.ByValue message);
    }
    public interface Extension extends Callback {
        Pointer find(Pointer self, String id);
    }
    public interface Emit extends Callback {
        void take(Pointer context, Text.ByValue text);
    }

    @Structure.FieldOrder({"structSize", "abiMajor", "abiMinor", "reserved", "self", "log", "extension"})
    public static class HostTable extends Structure {
        public int structSize, abiMajor, abiMinor, reserved;
        public Pointer self;
        public Log log;
        public Extension extension;
    }

    /** The table of the plugin: functions as pointers, called by name below. */
    @Structure.FieldOrder({"structSize", "abiMajor", "abiMinor", "reserved", "self", "start", "stop", "destroy", "reload", "completed",
                           "withdrawn", "bidsOpened", "visit", "evaluationLink", "health", "pendingFor", "rate"})
    public static class Plugin extends Structure {
        public int structSize, abiMajor, abiMinor, reserved;
        public Pointer self, start, stop, destroy, reload, completed, withdrawn, bidsOpened, visit, evaluationLink, health, pendingFor,
            rate;
        public Plugin(Pointer at) {
            super(at);
            read();
        }
    }

    public interface Module extends Library {
        Pointer hcp_plugin_create(HostTable host, Text.ByValue configPath);
    }

    static final List<Object> borrowed = new ArrayList<>(); // what the module may still read

    static void set(Text to, String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        Memory memory = new Memory(Math.max(encoded.length, 1));
        memory.write(0, encoded, 0, encoded.length);
        borrowed.add(memory);
        to.data = memory;
        to.size = encoded.length;
    }
    static Text.ByValue text(String value) {
        Text.ByValue made = new Text.ByValue();
        set(made, value);
        return made;
    }
    static int call(Pointer function, Object... arguments) {
        return Function.getFunction(function).invokeInt(arguments);
    }
    static void must(String what, int status) {
        if (status == OK) return;
        System.err.println(what + ": status " + status);
        System.exit(1);
    }

    public static void main(String[] arguments) throws Exception {
        HostTable host = new HostTable();
        host.abiMajor = 1;
        host.log = (self, level, message) -> System.err.println(level + " " + message);
        host.extension = (self, id) -> null; // a host without extensions
        host.structSize = host.size();
        Module module = Native.load(arguments[0], Module.class);
        Pointer p = module.hcp_plugin_create(host, text(arguments[1]));
        if (p == null) throw new IllegalStateException("refused; the log says why");
        Plugin plugin = new Plugin(p);
        must("start", call(plugin.start, p));

        Subject subject = new Subject();
        subject.structSize = subject.size();
        subject.type = SUBJECT_LEGAL;
        subject.role = ROLE_BIDDER;
        set(subject.certificateNo, "91370000JAVA00001X");
        set(subject.name, "示例投标人");
        subject.write();

        Completion done = new Completion();
        done.structSize = done.size();
        done.line = LINE_GOVERNMENT;
        set(done.hostId, "java");
        set(done.caseNo, "C-1");
        set(done.completionNo, "1");
        set(done.projectNo, "P-1");
        set(done.node, "项目登记");
        set(done.itemCode, "ZC-01");
        done.completedAtUs = System.currentTimeMillis() * 1000;
        done.channel = CHANNEL_ONLINE;
        done.subjects = subject.getPointer();
        done.subjectCount = 1;
        Result result = new Result();
        result.structSize = result.size();
        must("completed", call(plugin.completed, p, done, 1L, result));

        String[] emitted = {""};
        Emit emit = (context, given) -> emitted[0] = given.toString();
        must("evaluation_link", call(plugin.evaluationLink, p, done, subject, emit, Pointer.NULL));
        System.out.println("link " + !emitted[0].isEmpty());

        Rating rating = new Rating();
        rating.structSize = rating.size();
        rating.level = 4;
        set(rating.hostId, "java");
        set(rating.caseNo, "C-1");
        set(rating.completionNo, "1");
        rating.subjectType = SUBJECT_LEGAL;
        set(rating.certificateNo, "91370000JAVA00001X");
        set(rating.requestKey, "java-1");
        must("rate", call(plugin.rate, p, rating, 10000, emit, Pointer.NULL)); // waits for the event before it
        System.out.println("receipt " + emitted[0].contains("receipt"));

        must("health", call(plugin.health, p, emit, Pointer.NULL));
        System.out.println("health " + emitted[0].startsWith("{"));
        must("stop", call(plugin.stop, p, 10000));
        must("destroy", call(plugin.destroy, p));
    }
}
