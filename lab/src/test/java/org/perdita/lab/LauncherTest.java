package org.perdita.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a small checkout, with a Java that prints its arguments and a Maven that counts.
 */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private final Path folder;
  private final Path checkout;
  private final Path launcher;
  private final Path jdk;

  LauncherTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    checkout = folder.resolve("a check out");
    launcher = checkout.resolve("perdita");
    jdk = jdk("jdk", "17.0.9");
    Files.createDirectories(checkout.resolve("lab/src/main"));
    Files.copy(Path.of("../perdita"), launcher);
    Files.writeString(checkout.resolve("pom.xml"), "");
    Files.writeString(checkout.resolve("lab/pom.xml"), "");
    Files.writeString(checkout.resolve("lab/src/main/Lab.java"), "");
    maven("touch lab/target/perdita-lab.jar");
  }

  private static void script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    script(home.resolve("bin/java"), "printf '" + version + "'; printf ' [%s]' \"$@\"; echo");
    script(home.resolve("bin/javac"), "exit 0");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private void maven(String work) throws IOException {
    script(
        folder.resolve("bin/mvn"),
        """
        if [ "$1" = -v ]; then echo 'Apache Maven 3.9.9'; exit; fi
        echo building >>builds
        mkdir -p lab/target
        """
            + work);
  }

  private long builds() throws IOException {
    Path builds = checkout.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  private record Ended(int code, String out, String err) {}

  private final class Run {
    private final Process process;
    private final Path err = Files.createTempFile(folder, "err", "");
    private final Path out = Files.createTempFile(folder, "out", "");

    Run(Map<String, String> environment, String... command) throws IOException {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(folder.toFile());
      builder.environment().put("JAVA_HOME", jdk.toString());
      builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
      builder.environment().remove("PERDITA_JAVA_OPTS");
      builder.environment().putAll(environment);
      process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    }

    Ended end() throws IOException, InterruptedException {
      assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
      return new Ended(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    }
  }

  private Ended perdita(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    return new Run(Map.of(), command.toArray(String[]::new)).end();
  }

  @Test
  void buildsOnceAndPassesArgumentsOn() throws Exception {
    Ended first = perdita("list", "two words", "");
    assertThat(first.code()).isZero();
    assertThat(first.err())
        .isEqualTo("perdita: building; the log is " + checkout.resolve("target/build.log") + "\n");
    assertThat(first.out())
        .startsWith("17.0.9 [-Dorg.bytedeco.javacpp.maxPhysicalBytes=0]")
        .contains("[-Dperdita.home=" + checkout + "]")
        .endsWith(
            "[-cp] ["
                + checkout.resolve("lab/target/perdita-lab.jar")
                + "] [org.perdita.lab.cli.Main] [list] [two words] []\n")
        .doesNotContain("native-access");
    assertThat(perdita().err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void sparkIsBuiltAndOnTheClassPathOnlyWhenItIsAskedFor() throws Exception {
    maven(
        """
        echo "$@" >>words
        touch lab/target/perdita-lab.jar
        case "$*" in
          *cluster*) mkdir -p cluster/target; touch cluster/target/perdita-cluster.jar ;;
        esac""");
    Path target = checkout.resolve("cluster/target");
    assertThat(perdita("reproduce").out()).doesNotContain("cluster");
    for (String[] asked : List.of(new String[] {"--on", "local[2]"}, new String[] {"--on=x"})) {
      assertThat(perdita(asked).out())
          .contains("[@" + checkout.resolve("cluster/spark.jvm") + "]")
          .contains(
              "[-cp] [" + target.resolve("spark/*") + ":" + target.resolve("perdita-cluster.jar"));
    }
    perdita("reproduce");
    assertThat(Files.readString(checkout.resolve("words")).lines())
        .hasSize(2)
        .satisfiesExactly(
            lab -> assertThat(lab).contains("--projects lab "),
            both -> assertThat(both).contains("--projects cluster "));
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    perdita();
    Path source = checkout.resolve("lab/src/main/Lab.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
    perdita();
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void twoFirstRunsBuildOnce() throws Exception {
    maven("sleep 1; touch lab/target/perdita-lab.jar");
    Run one = new Run(Map.of(), launcher.toString());
    Run two = new Run(Map.of(), launcher.toString());
    Run three = new Run(Map.of(), launcher.toString());
    assertThat(List.of(one.end().code(), two.end().code(), three.end().code())).containsOnly(0);
    assertThat(builds()).isEqualTo(1);
    assertThat(checkout.resolve("target/building")).doesNotExist();
  }

  @Test
  void lockOfADeadOwnerIsTakenOver() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(checkout.resolve("target"));
    Files.createSymbolicLink(
        checkout.resolve("target/building"), Path.of(Long.toString(dead.pid())));
    assertThat(perdita().code()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void failedBuildShowsTheEndOfItsLog() throws Exception {
    maven("echo '[INFO] chatter'; echo '[ERROR] Lab.java: no such thing'; exit 1");
    Ended ended = perdita();
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("[ERROR] Lab.java: no such thing")
        .doesNotContain("chatter")
        .endsWith(
            "perdita: the build failed; the whole log is "
                + checkout.resolve("target/build.log")
                + "\n");
    maven("touch lab/target/perdita-lab.jar");
    assertThat(perdita().code()).isZero();
  }

  @Test
  void terminatedBuildLeavesNoLock() throws Exception {
    maven("sleep 30");
    Run run = new Run(Map.of(), launcher.toString());
    while (builds() == 0) {
      Thread.sleep(50);
    }
    run.process.destroy();
    assertThat(run.end().code()).isEqualTo(130);
    assertThat(Files.exists(checkout.resolve("target/building"))).isFalse();
  }

  @Test
  void worksThroughALinkFromAnywhere() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("else where"));
    Files.createSymbolicLink(elsewhere.resolve("one"), launcher);
    Files.createSymbolicLink(elsewhere.resolve("two"), Path.of("one"));
    Ended ended = new Run(Map.of(), elsewhere.resolve("two").toString(), "list").end();
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("[-Dperdita.home=" + checkout + "]");
  }

  @Test
  void newJavaIsGivenNativeAccess() throws Exception {
    Map<String, String> home = Map.of("JAVA_HOME", jdk("new", "25.0.1").toString());
    assertThat(new Run(home, launcher.toString()).end().out())
        .startsWith("25.0.1 [--enable-native-access=ALL-UNNAMED]");
  }

  @Test
  void oldJavaIsPassedOver() throws Exception {
    Map<String, String> home =
        Map.of(
            "JAVA_HOME",
            jdk("old", "1.8.0_292").toString(),
            "PATH",
            jdk.resolve("bin") + ":" + folder.resolve("bin") + ":" + System.getenv("PATH"));
    assertThat(new Run(home, launcher.toString()).end().out()).startsWith("17.0.9");
  }

  @Test
  void optionsForTheJvmArePassedOn() throws Exception {
    Map<String, String> options = Map.of("PERDITA_JAVA_OPTS", "-Xmx1g -Xint");
    assertThat(new Run(options, launcher.toString()).end().out())
        .contains("[-Xmx1g] [-Xint] [-cp]");
  }
}
