package org.perdita.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A whole run, cut so short that its figures mean nothing: every line must be there. */
class BenchTest {

  @Test
  void measuresEveryWorkloadInBothProcesses() throws IOException, InterruptedException {
    List<String> progress = new ArrayList<>();
    BenchResult result = Bench.run(Path.of("."), Size.TINY, progress::add);

    List<String> names = Workloads.all(Size.TINY).stream().map(Workload::name).toList();
    for (Malloc malloc : Malloc.values()) {
      assertThat(result.timed().get(malloc)).extracting(Timed::workload).isEqualTo(names);
    }
    assertThat(progress).hasSizeGreaterThan(2 * names.size());

    String text = BenchTables.text(result);
    assertThat(text).contains(names);
    assertThat(text)
        .contains("times faster than composed, malloc tuned")
        .contains("bytes allocated a call")
        .contains("two threads, times faster")
        .contains("% over the kernel")
        .contains("% of a step that the loss costs")
        .contains("signed distances, 512 × 512", "bytes a voxel, mask included")
        .contains("Gram matrix")
        .contains("sum of 4,096");
    assertThat(BenchTables.markdown(result)).contains("|---|--:|");
    assertThat(JsonMapper.builder().build().readTree(BenchTables.json(result)).get("figures"))
        .hasSameSizeAs(result.figures());
  }
}
