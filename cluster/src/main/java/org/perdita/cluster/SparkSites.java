package org.perdita.cluster;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.perdita.lab.Experiments;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.run.Site;
import org.perdita.lab.run.SiteFactory;

/**
 * Reaches Spark. Every {@code spark.…} system property is Spark's own configuration, and is not
 * changed here.
 */
public final class SparkSites implements SiteFactory {
  /** Under which name an executor finds the data. */
  private static final String DATA = "perdita-data";

  /** Trainings hold their data on the heap; Spark's own 1g is little. */
  private static final String EXECUTOR_MEMORY = "2g";

  /**
   * The binding's limit on memory outside the heap is lifted, as the launcher does. It unpacks its
   * natives into a folder named after the jar: two executors of one machine, each with a jar of its
   * own, would overwrite what the other has loaded. So each has its own, in its working folder.
   */
  private static final String EXECUTOR_OPTIONS =
      "-Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxBytes=0"
          + " -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.cachedir=natives";

  /** Made by {@link java.util.ServiceLoader}. */
  public SparkSites() {}

  /** The master that {@code spark-submit} was told of. */
  @Override
  public Optional<String> given() {
    return Optional.ofNullable(System.getProperty("spark.master"));
  }

  @Override
  public Site open(String on, Request request, boolean shared, String commit) {
    boolean submitted = given().equals(Optional.of(on));
    Master master = submitted ? Master.trusted(on) : Master.of(on);
    master.probe();
    SparkConf conf = configuration(master);
    if (!submitted && !master.local()) {
      conf.setJars(new String[] {jar().toString()});
    }
    SparkContext context = context(conf, master);
    try {
      if (request.data().isEmpty() || shared || master.local()) {
        return new SparkSite(context, Experiments::all, request, Optional.empty(), commit);
      }
      Path archive = Archive.of(request.data().get());
      context.addArchive(archive.toUri() + "#" + DATA);
      return new SparkSite(context, Experiments::all, request, Optional.of(DATA), commit);
    } catch (IOException e) {
      context.stop();
      throw Refusal.file(request.data().orElseThrow(), "sent to the workers", e);
    }
  }

  private static SparkContext context(SparkConf conf, Master master) {
    try {
      return new SparkContext(conf);
    } catch (IllegalStateException e) {
      throw new Refusal(
          "--on: " + master.url() + " does not run the application: " + e.getMessage(), e);
    }
  }

  private static SparkConf configuration(Master master) {
    SparkConf conf = new SparkConf(true).setMaster(master.url());
    conf.setIfMissing("spark.app.name", "perdita");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.executor.memory", EXECUTOR_MEMORY);
    String options = "spark.executor.extraJavaOptions";
    conf.set(options, (EXECUTOR_OPTIONS + " " + conf.get(options, "")).strip());
    if (master.loopback()) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    return conf;
  }

  /** The jar with all that trains, natives too; this class is in it. */
  private static Path jar() {
    try {
      Path place =
          Path.of(SparkSites.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(place)) {
        return place;
      }
      throw new Refusal(place + ": is not the assembled jar, which the workers need");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
