package org.perdita.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.CurvedLoss;
import org.perdita.classification.Alpha;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.BinaryBiTemperedLoss;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.classification.SoftmaxFocalLoss;

/** At their limits the losses grow the trees of XGBoost's own objectives. */
final class BuiltInTreesTest {
  private static final Pattern NODE =
      Pattern.compile("(\\d+):(?:\\[(f\\d+<[^\\]]+)\\].*|leaf=(\\S+),cover=(\\S+))");

  static Stream<CurvedLoss> binary() {
    return Stream.of(
        new BinaryCrossEntropyLoss(),
        new FocalLoss(Alpha.none(), 0),
        BinaryBiTemperedLoss.of(1, 1));
  }

  static Stream<CurvedLoss> overClasses() {
    return Stream.of(new CrossEntropyLoss(), new SoftmaxFocalLoss(0), BiTemperedLoss.of(1, 1));
  }

  @ParameterizedTest
  @MethodSource("binary")
  void atTheirLimitTheyGrowTheLogisticTrees(CurvedLoss loss) throws XGBoostError {
    for (boolean weighted : new boolean[] {false, true}) {
      DMatrix data = Tables.draw(1, 400, 2, weighted);
      Booster theirs = train(data, null, "objective", "binary:logistic", "base_score", 0.5);
      LossObjective objective = LossObjective.of(loss);
      Booster ours = train(data, objective, "base_score", 0);
      assertSameTrees(ours, theirs);
      assertThat(Tables.flat(objective.predict(ours, data)))
          .containsExactly(Tables.flat(theirs.predict(data)), within(1e-5f));
      Booster unsafe = train(data, objective.with(Curvature.TRUE), "base_score", 0);
      assertSameTrees(unsafe, theirs);
    }
  }

  @ParameterizedTest
  @MethodSource("overClasses")
  void atTheirLimitTheyGrowTheSoftmaxTrees(CurvedLoss loss) throws XGBoostError {
    for (boolean weighted : new boolean[] {false, true}) {
      DMatrix data = Tables.draw(2, 400, 4, weighted);
      Booster theirs =
          train(data, null, "objective", "multi:softprob", "num_class", 4, "base_score", 0);
      LossObjective objective = LossObjective.of(loss);
      Booster ours = train(data, objective, "num_class", 4, "base_score", 0);
      assertSameTrees(ours, theirs);
      assertThat(Tables.flat(objective.predict(ours, data)))
          .containsExactly(Tables.flat(theirs.predict(data)), within(1e-5f));
    }
  }

  private static Booster train(DMatrix data, @Nullable LossObjective objective, Object... more)
      throws XGBoostError {
    return XGBoost.train(data, Tables.parameters(more), 10, Map.of(), objective, null);
  }

  private static void assertSameTrees(Booster ours, Booster theirs) throws XGBoostError {
    List<String> splits = new ArrayList<>();
    List<Float> leaves = new ArrayList<>();
    List<String> theirSplits = new ArrayList<>();
    List<Float> theirLeaves = new ArrayList<>();
    read(ours, splits, leaves);
    read(theirs, theirSplits, theirLeaves);
    assertThat(splits).hasSizeGreaterThan(50).isEqualTo(theirSplits);
    for (int i = 0; i < leaves.size(); i++) {
      float their = theirLeaves.get(i);
      assertThat(leaves.get(i)).isCloseTo(their, within(1e-5f * (1 + Math.abs(their))));
    }
  }

  /** Every split in order, and every leaf's weight and cover. */
  private static void read(Booster booster, List<String> splits, List<Float> leaves)
      throws XGBoostError {
    for (String tree : booster.getModelDump("", true)) {
      for (String line : tree.lines().toList()) {
        Matcher node = NODE.matcher(line.strip());
        assertThat(node.matches()).as(line).isTrue();
        if (node.group(2) != null) {
          splits.add(node.group(1) + ":" + node.group(2));
        } else {
          leaves.add(Float.parseFloat(node.group(3)));
          leaves.add(Float.parseFloat(node.group(4)));
        }
      }
    }
  }
}
