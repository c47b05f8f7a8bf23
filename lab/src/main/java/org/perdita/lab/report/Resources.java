package org.perdita.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The files inlined into the page. */
final class Resources {
  private static final String CHART_JS = "org.webjars.npm/chart.js";

  private Resources() {}

  /** A text beside this class. */
  static String text(String name) {
    return read("/org/perdita/lab/report/" + name);
  }

  /** Chart.js, without the reference to its source map, which is not inlined. */
  static String chartJs() {
    Properties versions = new Properties();
    try (InputStream in = open("/META-INF/maven/" + CHART_JS + "/pom.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = versions.getProperty("version");
    return read("/META-INF/resources/webjars/chart.js/" + version + "/dist/chart.umd.js")
        .replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  private static String read(String path) {
    try (InputStream in = open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) {
    InputStream in = Resources.class.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException("report: the resource " + path + " is missing");
    }
    return in;
  }
}
