package org.perdita.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @Test
  void outsideARepositoryTheCommitIsUnknown(@TempDir Path elsewhere) {
    Machine here = Machine.here(elsewhere);
    assertThat(here.commit()).isEqualTo("unknown");
    assertThat(here.jdk()).contains(Runtime.version().toString());
    assertThat(here.cpu()).endsWith(" cores");
  }
}
