package org.perdita.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README shows of the adapters stands in the examples, which the build runs. */
class ReadmeTest {
  private static final Path HOME = Path.of("..");
  private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void theAdaptersLinesAreThoseOfTheExamples() throws IOException {
    String readme = Files.readString(HOME.resolve("README.md"));
    String adapters =
        readme.substring(
            readme.indexOf("With PyTorch for Java"), readme.indexOf("## What the lab found"));
    List<String> snippets =
        CODE.matcher(adapters)
            .results()
            .map((MatchResult code) -> stripped(code.group(1)))
            .toList();
    assertThat(snippets).hasSize(3);
    String examples;
    try (Stream<Path> files = Files.walk(HOME.resolve("examples"))) {
      examples =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(ReadmeTest::text)
              .collect(Collectors.joining("\n"));
    }
    for (String snippet : snippets) {
      assertThat(stripped(examples)).contains(snippet);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String stripped(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
