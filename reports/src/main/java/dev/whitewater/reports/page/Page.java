package dev.whitewater.reports.page;

import dev.whitewater.reports.story.RunStory;

import freemarker.cache.ClassTemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * Fills the template. The page's policy allows exactly the style and the script that are in it, by
 * their hashes, and no loading from anywhere.
 */
public final class Page {

    private final Configuration freemarker = new Configuration(Configuration.VERSION_2_3_34);

    public Page() {
        freemarker.setTemplateLoader(new ClassTemplateLoader(Page.class, Resources.FOLDER));
        freemarker.setOutputFormat(HTMLOutputFormat.INSTANCE);
        freemarker.setDefaultEncoding("UTF-8");
        freemarker.setLocale(Locale.ROOT);
        freemarker.setNumberFormat("computer");
        freemarker.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        freemarker.setLogTemplateExceptions(false);
        freemarker.setFallbackOnNullLoopVariable(false);
        freemarker.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    }

    /** The complete page; the same run gives the same text. */
    public String render(RunStory story) {
        Map<String, Object> model = new PageModel(story).build();
        String style = Resources.text("report.css");
        String script = Resources.text("report.js");
        model.put("style", View.markup(style));
        model.put("styleHash", hash(style));
        model.put("script", View.markup(script));
        model.put("scriptHash", hash(script));
        model.put("patterns", View.markup(Resources.text("patterns.svg")));
        model.put("legendRun", View.markup(Resources.text("legend-run.html")));
        model.put("legendWindow", View.markup(Resources.text("legend-window.html")));
        try (StringWriter out = new StringWriter(1 << 18)) {
            freemarker.getTemplate("report.ftlh").process(model, out);
            return Visible.text(out.toString().replace("\r", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException("the report's template does not fit its model", e);
        }
    }

    private static String hash(String inline) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(inline.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
