import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Checks files against profiles with veraPDF, all in one run: java Conformance.java ua1,3a FILE...
 *
 * One line for each file and profile: "checked", profile, number of checks, file. Below it one line for each rule that
 * was broken: "broken", clause and test, how often, the first message, the place. Fields are separated by tabs. Whether
 * that is good or bad is the caller's to say: the exit status tells only whether every file could be checked.
 */
public class Conformance {
    private static final int FAILURES_KEPT = 2000;

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        List<PDFAFlavour> profiles =
            Stream.of(arguments[0].split(",")).map(PDFAFlavour::fromString).collect(Collectors.toList());
        for (int place = 1; place < arguments.length; place++) {
            File file = new File(arguments[place]);
            try (PDFAParser parser = Foundries.defaultInstance().createParser(file, profiles.get(0));
                    PDFAValidator validator = Foundries.defaultInstance()
                        .createValidator(profiles, FAILURES_KEPT, false, false, false)) {
                for (ValidationResult result : validator.validateAll(parser)) {
                    report(result, file);
                }
            }
        }
    }

    private static void report(ValidationResult result, File file) {
        say("checked", result.getPDFAFlavour().getId(), result.getTotalAssertions(), file.getPath());
        Map<RuleId, TestAssertion> first = new LinkedHashMap<>();
        for (TestAssertion found : result.getTestAssertions()) {
            if (found.getStatus() == TestAssertion.Status.FAILED) {
                first.putIfAbsent(found.getRuleId(), found);
            }
        }
        for (Map.Entry<RuleId, Integer> broken : result.getFailedChecks().entrySet()) {
            TestAssertion example = first.get(broken.getKey());
            String rule = broken.getKey().getClause() + "-" + broken.getKey().getTestNumber();
            say("broken", rule, broken.getValue(), words(example), example == null ? "" : example.getLocation().getContext());
        }
        if (!result.isCompliant() && result.getFailedChecks().isEmpty()) {
            say("broken", "?", 1, "not compliant, without a rule", "");
        }
    }

    private static String words(TestAssertion found) {
        if (found == null) {
            return "";
        }
        return found.getErrorMessage() != null ? found.getErrorMessage() : found.getMessage();
    }

    private static void say(Object... fields) {
        System.out.println(Stream.of(fields)
            .map(field -> String.valueOf(field).replaceAll("\\s+", " "))
            .collect(Collectors.joining("\t")));
    }
}
