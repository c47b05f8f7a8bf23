package org.perdita.lab.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.perdita.Tensor;
import org.perdita.lab.data.BadData;
import org.perdita.lab.data.Draw;

class SafeTensorsTest {
  private final Path folder;

  SafeTensorsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String header, int data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(8 + json.length + data).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(json.length).put(json);
    for (int i = 0; i < data; i++) {
      all.put((byte) i);
    }
    return Files.write(folder.resolve("w.safetensors"), all.array());
  }

  @Test
  void givesBackWhatWasWritten() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    float[] many = new float[40_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = (float) Math.sin(i);
    }
    tensors.put("b", Tensor.of(many, 200, 200));
    tensors.put("a", Tensor.of(new float[] {1, -2}, 2, 1));
    tensors.put("none", Tensor.zeros(0, 3));
    tensors.put("one", Tensor.of(new float[] {5}));
    Path file = folder.resolve("w.safetensors");
    SafeTensorsWriter.write(file, tensors, Map.of("made by", "a test"));
    SafeTensors read = SafeTensors.read(file);
    assertThat(read.names()).containsExactly("b", "a", "none", "one");
    assertThat(read.metadata()).containsExactly(Map.entry("made by", "a test"));
    tensors.forEach(
        (name, tensor) -> {
          assertThat(read.tensor(name).toArray()).isEqualTo(tensor.toArray());
          assertThat(read.shape(name)).isEqualTo(tensor.shape());
        });
    assertThat(read.toString())
        .startsWith("w.safetensors: 4 tensors, 40003 numbers, SHA-256 ")
        .endsWith(read.sha256());
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void readsOtherTypesAsFloats() throws IOException {
    Path path =
        file(
            "{'h':{'dtype':'F16','shape':[2],'data_offsets':[0,4]},"
                .concat("'u':{'dtype':'U8','shape':[2],'data_offsets':[4,6]},")
                .concat("'b':{'dtype':'BF16','shape':[1],'data_offsets':[6,8]}}")
                .replace('\'', '"'),
            8);
    SafeTensors read = SafeTensors.read(path);
    assertThat(read.tensor("u").toArray()).containsExactly(4, 5);
    assertThat(read.tensor("b").toArray()).containsExactly(Float.intBitsToFloat(0x07060000));
    assertThat(read.tensor("h").toArray()[0]).isEqualTo(0x100 * 0x1p-24f);
    assertThat(ElementType.half((short) 0x3c00)).isEqualTo(1);
    assertThat(ElementType.half((short) 0xc500)).isEqualTo(-5);
    assertThat(ElementType.half((short) 0x7bff)).isEqualTo(65504);
    assertThat(ElementType.half((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(ElementType.half((short) 0x7e00)).isNaN();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[0,16] | [4] | F32 | the tensors take 16 bytes, the file has 24",
        "[8,24] | [4] | F32 | tensor 'a' begins at byte 8, which leaves a gap before it",
        "[0,32] | [8] | F32 | tensor 'a' has data_offsets [0, 32], the file has 24 bytes of data",
        "[0,24] | [7] | F32 | tensor 'a' has 24 bytes for [7] of F32",
        "[0,24] | [6,-1] | F32 | tensor 'a' has a shape with -1 in it, not a length",
        "[0,24] | [2147483647,2147483647,4] | F32 | tensor 'a' has 24 bytes for"
            + " [2147483647,2147483647,4] of F32",
        "[24,0] | [0] | F32 | tensor 'a' has data_offsets [24, 0], the file has 24 bytes of data",
        "[0] | [6] | F32 | tensor 'a' has no data_offsets [begin, end]",
        "[0,24] | 6 | F32 | tensor 'a' has no shape of at most 8 axes",
        "[0,24] | [24] | F8_E4M3 | tensor 'a' has dtype \"F8_E4M3\", not one of"
            + " [F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL]",
      })
  void refusesWhatCannotBe(String offsets, String shape, String type, String why)
      throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
            .formatted(type, shape, offsets);
    Path path = file(header, 24);
    assertThatThrownBy(() -> SafeTensors.read(path))
        .isInstanceOf(BadData.class)
        .hasMessage(path + ": " + why);
  }

  @Test
  void refusesOverlapsRepeatsAndStrangeHeaders() throws IOException {
    String a = "\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}";
    String b = "\"b\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[8,24]}";
    refused(file("{" + a + "," + b + "}", 24), "tensor 'b' begins at byte 8, which overlaps");
    refused(file("{" + a + "," + a + "}", 16), "the header is not JSON: Duplicate field 'a'");
    refused(file("[1]", 0), "the header is not a JSON object");
    refused(file("{\"__metadata__\":{\"x\":1}}", 0), "tensor '__metadata__' has a value that is");
    refused(file("{} {}", 0), "the header is not JSON");
    refused(Files.write(folder.resolve("s"), new byte[5]), "ends at byte 5, 8 are needed");
    byte[] huge = new byte[20];
    Arrays.fill(huge, (byte) 0xff);
    refused(
        Files.write(folder.resolve("h"), huge),
        "the header's length is 18446744073709551615, allowed: 2 to 12");
    refused(folder.resolve("absent"), "no such file");
    refused(folder, "is a folder, a file is wanted");
  }

  private static void refused(Path path, String why) {
    assertThatThrownBy(() -> SafeTensors.read(path))
        .isInstanceOf(BadData.class)
        .hasMessageStartingWith(path + ": " + why);
  }

  @Test
  void givesTensorsOrASentenceWhateverTheFileHolds() throws IOException {
    Path good = folder.resolve("good");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv.weight", Tensor.zeros(2, 3, 3));
    tensors.put("conv.bias", Tensor.zeros(2));
    SafeTensorsWriter.write(good, tensors, Map.of("k", "v"));
    byte[] bytes = Files.readAllBytes(good);
    Path path = folder.resolve("fuzzed");
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      Draw draw = Draw.of(round, 6);
      byte[] mangled = bytes.clone();
      if (draw.chance(0.3)) {
        mangled = Arrays.copyOf(mangled, draw.below(bytes.length + 40));
      }
      for (int i = draw.below(4); i > 0 && mangled.length > 0; i--) {
        boolean inHeader = draw.chance(0.8);
        int reach = Math.min(mangled.length, inHeader ? 200 : bytes.length);
        mangled[draw.below(reach)] =
            (byte) (draw.chance(0.5) ? draw.bits() : "0123456789[]{},:\"-".charAt(draw.below(18)));
      }
      Files.write(path, mangled);
      try {
        SafeTensors read = SafeTensors.read(path);
        for (String name : read.names()) {
          assertThat(read.tensor(name).size()).isNotNegative();
        }
      } catch (BadData e) {
        refused++;
        assertThat(e).as("round %d", round).hasMessageContaining(path.toString());
        assertThat(e.toString().lines()).as("round %d", round).hasSize(1);
      }
    }
    assertThat(refused).isBetween(500, 1990);
  }
}
