package dev.whitewater.reports.page;

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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Fills a template of this module. Every value is escaped unless the model says that it is markup
 * ({@link #markup}); what can't be seen is made visible. The page's policy allows exactly the style
 * and the script that are in it, by their hashes, and no loading from anywhere.
 */
public final class Template {

    private final Configuration freemarker = new Configuration(Configuration.VERSION_2_3_34);
    private final String name;

    /** The template of this file name. */
    public Template(String name) {
        this.name = name;
        freemarker.setTemplateLoader(new ClassTemplateLoader(Template.class, Resources.FOLDER));
        freemarker.setOutputFormat(HTMLOutputFormat.INSTANCE);
        freemarker.setDefaultEncoding("UTF-8");
        freemarker.setLocale(Locale.ROOT);
        freemarker.setNumberFormat("computer");
        freemarker.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        freemarker.setLogTemplateExceptions(false);
        freemarker.setFallbackOnNullLoopVariable(false);
        freemarker.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    }

    /** Markup of our own making, to be put into the page as it is. */
    public static Object markup(String html) {
        return View.markup(html);
    }

    /** One of this module's own files. */
    public static String resource(String file) {
        return Resources.text(file);
    }

    /** The complete page; the same values give the same text. */
    public String render(Map<String, Object> values, String style, String script) {
        Map<String, Object> model = new LinkedHashMap<>(values);
        model.put("style", markup(style));
        model.put("styleHash", hash(style));
        model.put("script", markup(script));
        model.put("scriptHash", hash(script));
        try (StringWriter out = new StringWriter(1 << 18)) {
            freemarker.getTemplate(name).process(model, out);
            return Visible.text(out.toString().replace("\r", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException("the template " + name + " does not fit its model", e);
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
