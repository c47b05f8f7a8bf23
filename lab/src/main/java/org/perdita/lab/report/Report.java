package org.perdita.lab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.report.loss.LossPages;

/**
 * Makes the report: one HTML file that needs nothing else, from result folders alone. The page is
 * first data ({@link Page}), then a template; everything that comes from files is escaped by the
 * template engine.
 */
public final class Report {
  private static final ObjectMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();
  private static final Configuration TEMPLATES = templates();

  private Report() {}

  /**
   * Writes {@code report.html} into a result folder.
   *
   * @return the file
   * @throws Refusal if there are no results in it, or the file cannot be written
   */
  public static Path write(Path out) {
    return write(List.of(out), out.resolve("report.html"));
  }

  /**
   * Writes one report of several result folders. The file appears whole or not at all.
   *
   * @return the file
   * @throws Refusal if there are no results in them, or the file cannot be written
   */
  public static Path write(List<Path> folders, Path file) {
    String made = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    String html = html(Page.of(made, Run.read(folders), LossPages.all()));
    Path part = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.writeString(part, html);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Refusal.file(file, "written", e);
    }
    return file;
  }

  static String html(Page page) {
    Map<String, Object> model = JSON.convertValue(page, new TypeReference<>() {});
    model.put("css", Resources.text("report.css"));
    model.put("chartJs", Resources.chartJs());
    model.put("script", Resources.text("report.js"));
    model.put("figures", figures(page.figures()));
    StringWriter html = new StringWriter();
    try {
      TEMPLATES.getTemplate("report.ftlh").process(model, html);
    } catch (IOException | TemplateException e) {
      throw new IllegalStateException("report: the template failed: " + e.getMessage(), e);
    }
    return html.toString();
  }

  /** The figures as JSON that can stand inside a script element. */
  private static String figures(List<Figure> figures) {
    try {
      return JSON.writeValueAsString(figures).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Configuration templates() {
    Configuration templates = new Configuration(Configuration.VERSION_2_3_34);
    templates.setClassForTemplateLoading(Report.class, "");
    templates.setDefaultEncoding("UTF-8");
    templates.setLocale(Locale.ROOT);
    templates.setNumberFormat("computer");
    templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    templates.setLogTemplateExceptions(false);
    return templates;
  }
}
