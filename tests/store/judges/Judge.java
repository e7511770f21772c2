import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * H2 in Oracle mode as a judge of what we send to Oracle: java -cp h2.jar Judge.java RECORDED TEXTS
 *
 * RECORDED is what the contract of the store asked of a database and was answered (recorder.hpp says how it is written),
 * TEXTS holds Oracle's migrations. Every run is made again here, with the same values, and must find the same rows,
 * change as many, or be refused as it was. What must not pass is tried at the end.
 */
final class Judge {
    /** What real Oracle has and H2 2.1 has not. Nothing else is changed in a text before H2 gets it. */
    private static final String[][] LACKING = {
        {" skip locked", ""},  // H2 knows it from 2.2.220 on
    };

    /** No Oracle takes these: a judge that lets one pass is none. */
    private static final String[] WRONG = {
        "selec id from cases",
        "select no_such_column from cases",
        "select id from no_such_table",
        "select id from cases limit 1",
        "select top 1 id from cases",
        "select * from (select c.id, e.id from cases c join evaluations e on e.case_id = c.id) both_named_id",
        "select id from cases where id = 'text'",
        "select id from cases where key_digest = 1",
        "select id from cases union all select key_digest from cases",
        "insert into lost_days (lost_day, noted_at_us) values (1, null)",
        "insert into lost_days (lost_day) values (1)",
        "insert into lost_days (lost_day, noted_at_us) values (1, 1) on conflict do nothing",
        "insert into lost_days (lost_day, noted_at_us) values (123456789012, 1)",
        "insert into openings (project_no, section, opened_at_us, stored_at_us) values ('', ' ', 1, 1)",
        "insert into clock_marks (instance_no, newest_us) values (1024, 1)",
        "insert into drafts (evaluation_id, level_code, channel, last_tapped_at_us, changed_at_us) values (1, 1, 1, 1, 1)",
        "update cases set no_such_column = 1",
        "update deliveries d join deliveries p on p.id = d.waits_for set d.waits_for = null",
        "delete from cases where",
        "create table again (id number(19) not null, id number(19))",
    };

    private final Connection connection;
    private final Map<Integer, String[]> texts = new HashMap<>();
    private final Map<Integer, PreparedStatement> prepared = new HashMap<>();
    private final Map<String, Integer> runs = new TreeMap<>();
    private final Map<String, String> faults = new LinkedHashMap<>();
    private final List<String> tables = new ArrayList<>();
    private final Map<String, Boolean> clauses = new LinkedHashMap<>();
    private String clause = "";
    private int nulls = 0;

    private Judge() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:judge;MODE=Oracle");
        connection.setAutoCommit(false);
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        var judge = new Judge();
        judge.migrate(Files.readAllLines(Path.of(arguments[1])));
        judge.replay(Files.readAllLines(Path.of(arguments[0])));
        judge.refuse();
        System.exit(judge.report());
    }

    private static String forH2(String sql) {
        for (var one : LACKING) sql = sql.replace(one[0], one[1]);
        return sql;
    }

    private void migrate(List<String> lines) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var line : lines) {
                var parts = line.split("\t", 3);
                if (!parts[0].equals("migration")) continue;
                count("migration");
                try {
                    statement.execute(parts[2].replace("\\n", "\n"));
                } catch (SQLException error) {
                    fault(parts[1], error.getMessage());
                }
            }
            var found = statement.executeQuery("select table_name from information_schema.tables where table_schema = 'PUBLIC'");
            while (found.next()) tables.add(found.getString(1));
        }
    }

    private void replay(List<String> lines) throws SQLException {
        for (int at = 0; at < lines.size();) {
            var line = lines.get(at++);
            var parts = line.split("\t", -1);
            switch (parts[0]) {
                case "text" -> texts.put(Integer.valueOf(parts[1]), new String[] {parts[2], forH2(parts[3])});
                case "database" -> {
                    empty();
                    clause = parts[1];
                    clauses.put(clause, true);
                }
                case "begin" -> { }
                case "commit" -> connection.commit();
                case "rollback" -> connection.rollback();
                case "run" -> {
                    var all = new ArrayList<String[]>(List.of(new String[][] {parts}));
                    while (lines.get(at).startsWith("run\t")) all.add(lines.get(at++).split("\t", -1));
                    var verdict = lines.get(at++).split("\t");
                    var rows = new ArrayList<String>();
                    while (at < lines.size() && lines.get(at).startsWith("row\t")) rows.add(lines.get(at++));
                    judge(all, verdict, rows);
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private void judge(List<String[]> all, String[] verdict, List<String> expected) throws SQLException {
        var number = Integer.valueOf(all.get(0)[1]);
        var name = texts.get(number)[0];
        count(name);
        try {
            long changed = 0, found = 0;
            var rows = new ArrayList<String>();
            for (var one : all) {
                var statement = bound(one);
                if (verdict[0].equals("rows")) {
                    var model = expected.isEmpty() ? null : expected.get(0).split("\t", -1);
                    try (var result = statement.executeQuery()) {
                        for (; result.next(); ++found)
                            if (model != null) rows.add(row(result, model.length - 1));
                    }
                } else {
                    changed += statement.executeUpdate();
                    if (verdict[0].equals("either") && changed != 0) break;
                }
            }
            switch (verdict[0]) {
                case "rows" -> {
                    if (!ordered(texts.get(number)[1]) || all.size() > 1) {
                        Collections.sort(rows);
                        Collections.sort(expected);
                    }
                    if (found != Long.parseLong(verdict[1])) fault(name, "found " + found + " rows, not " + verdict[1]);
                    else if (!expected.isEmpty() && !rows.equals(expected)) fault(name, "other rows: " + rows + "\n  not " + expected);
                }
                case "changed" -> {
                    if (changed != Long.parseLong(verdict[1])) fault(name, "changed " + changed + " rows, not " + verdict[1]);
                }
                case "either" -> {
                    if (changed != 1) fault(name, "changed " + changed + " rows, not one");
                }
                default -> fault(name, "was not refused");
            }
        } catch (SQLException error) {
            var constraint = error.getSQLState().startsWith("23");
            if (!(verdict[0].equals("refused") && constraint)) fault(name, error.getMessage());
        }
    }

    private static boolean ordered(String sql) {
        return sql.substring(sql.lastIndexOf(')') + 1).contains("order by");
    }

    private PreparedStatement bound(String[] run) throws SQLException {
        var number = Integer.valueOf(run[1]);
        var statement = prepared.get(number);
        if (statement == null) {
            var sql = texts.get(number)[1];
            // Oracle makes a view of what it cuts to its first rows, so its columns must have names of their own.
            if (sql.endsWith("rows only")) connection.prepareStatement("select * from (" + sql + ") cut").close();
            statement = connection.prepareStatement(sql);
            prepared.put(number, statement);
        }
        // H2 2.1 forgets what is bound within a common table expression.
        if (texts.get(number)[1].startsWith("with ")) return connection.prepareStatement(withNumbers(texts.get(number)[1], run));
        for (int i = 2; i < run.length; ++i) bind(statement, i - 1, run[i]);
        return statement;
    }

    private static String withNumbers(String sql, String[] run) {
        for (int i = 2; i < run.length; ++i) sql = sql.replaceFirst("\\?", String.valueOf(Long.parseLong(run[i].substring(1))));
        return sql;
    }

    private void bind(PreparedStatement statement, int position, String value) throws SQLException {
        var kind = value.charAt(0);
        var content = value.substring(1);
        if (content.equals("-")) {
            ++nulls;
            statement.setNull(position, kind == 'i' ? Types.NUMERIC : kind == 't' ? Types.NVARCHAR : Types.VARBINARY);
            return;
        }
        switch (kind) {
            case 'i' -> statement.setLong(position, Long.parseLong(content));
            case 't' -> statement.setNString(position, new String(HexFormat.of().parseHex(content), StandardCharsets.UTF_8));
            default -> statement.setBytes(position, HexFormat.of().parseHex(content));
        }
    }

    /** As the product reads it: a column of another kind than the one it reads from it is a fault. */
    private static String row(ResultSet from, int columns) throws SQLException {
        var line = new StringBuilder("row");
        for (int i = 1; i <= columns; ++i) {
            var kind = switch (from.getMetaData().getColumnType(i)) {
                case Types.NUMERIC, Types.DECIMAL, Types.BIGINT, Types.INTEGER, Types.SMALLINT -> 'i';
                case Types.VARCHAR, Types.NVARCHAR, Types.CHAR, Types.CLOB, Types.NCLOB -> 't';
                case Types.VARBINARY, Types.BINARY, Types.BLOB -> 'b';
                default -> '?';
            };
            line.append('\t');
            if (from.getObject(i) == null) line.append(kind).append('-');
            else if (kind == 'i') line.append('i').append(from.getBigDecimal(i).stripTrailingZeros().toPlainString());
            else if (kind == 't') line.append('t').append(HexFormat.of().formatHex(from.getString(i).getBytes(StandardCharsets.UTF_8)));
            else line.append(kind).append(kind == 'b' ? HexFormat.of().formatHex(from.getBytes(i)) : from.getString(i));
        }
        return line.toString();
    }

    private void empty() throws SQLException {
        connection.rollback();
        try (var statement = connection.createStatement()) {
            statement.execute("set referential_integrity false");
            for (var table : tables) statement.execute("truncate table " + table);
            statement.execute("set referential_integrity true");
        }
        connection.commit();
    }

    private void refuse() {
        for (var sql : WRONG)
            try (Statement statement = connection.createStatement()) {
                clause = "";
                statement.execute(sql);
                fault("wrong on purpose", "passed: " + sql);
            } catch (SQLException expected) {
                count("wrong on purpose");
            }
    }

    private void count(String name) {
        runs.merge(name, 1, Integer::sum);
    }

    private void fault(String name, String what) {
        clauses.replace(clause, false);
        faults.putIfAbsent(name, clause + ": " + what);
    }

    private int report() throws IOException {
        int all = 0;
        for (var one : runs.entrySet()) {
            all += one.getValue();
            System.out.println((faults.containsKey(one.getKey()) ? "FAILED  " : "ok      ") + one.getKey() + "  x " + one.getValue());
        }
        faults.forEach((name, what) -> System.out.println("\n" + name + ": " + what));
        System.out.println("\n" + runs.size() + " names, " + all + " runs, " + nulls + " nulls bound, " + faults.size() + " faults");
        var passed = faults.isEmpty() && runs.get("migration") != null && all > 10000 && nulls > 100;
        // For tests/backends.py.
        var results = new StringBuilder();
        clauses.forEach((says, kept) -> results.append("H2 finds what was found\t" + says + "\t" + (kept ? "passed\n" : "failed\n")));
        results.append("every statement and step of the schema runs, and what is wrong does not\t\t" + (passed ? "passed\n" : "failed\n"));
        Files.writeString(Path.of("judge_h2.results.tsv"), results);
        return passed ? 0 : 1;
    }
}
