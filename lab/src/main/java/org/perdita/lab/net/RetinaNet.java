package org.perdita.lab.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.perdita.classification.FocalLoss;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;

/**
 * The dense detector of Lin, Goyal, Girshick, He and Dollár, "Focal Loss for Dense Object
 * Detection" (ICCV 2017), section 4: a residual backbone, a feature pyramid, and two small heads
 * that all levels share, one for classes and one for box offsets.
 *
 * <p>The last layer's bias for classes starts at −log((1 − π) / π), so that everything starts as
 * background with probability 1 − π.
 */
public final class RetinaNet extends Net {
  private static final int SIDES = 4;

  private final Backbone size;
  private final int classes;
  private final int anchors;
  private final Layer stem;
  private final List<Layer> stages = new ArrayList<>();
  private final List<Layer> lateral = new ArrayList<>();
  private final List<Layer> smooth = new ArrayList<>();
  private final List<Layer> extra = new ArrayList<>();
  private final Layer classHead;
  private final Layer boxHead;

  /**
   * A detector with parameters drawn from {@code seed}.
   *
   * @param anchors at each position
   * @param prior π, the share of positives that the class scores start at
   */
  public RetinaNet(long seed, Backbone size, int classes, int anchors, double prior) {
    super(seed);
    this.size = size;
    this.classes = classes;
    this.anchors = anchors;
    stem = named("stem", this::stem);
    int inputs = size.stem();
    for (int i = 0; i < size.channels().size(); i++) {
      int stage = i;
      int before = inputs;
      stages.add(named("stage" + i, () -> stage(stage, before)));
      inputs = size.channels().get(i) * size.expansion();
    }
    for (int i = size.firstStage(); i < stages.size(); i++) {
      int from = size.channels().get(i) * size.expansion();
      lateral.add(named("lateral" + i, () -> convolution(from, size.pyramid(), 1, 1, 0)));
      smooth.add(named("smooth" + i, () -> convolution(size.pyramid(), size.pyramid(), 3, 1, 1)));
    }
    for (int i = 0; i < size.extraLevels(); i++) {
      int from = i == 0 ? inputs : size.pyramid();
      extra.add(named("extra" + i, () -> convolution(from, size.pyramid(), 3, 2, 1)));
    }
    classHead = named("class", () -> head(classes));
    boxHead = named("box", () -> head(SIDES));
    startAt(FocalLoss.initialBias(prior));
  }

  /** How large it is. */
  public Backbone backbone() {
    return size;
  }

  /** How many classes. */
  public int classes() {
    return classes;
  }

  /**
   * Scores {@code [n, anchors, classes]} and offsets {@code [n, anchors, 4]} of images {@code [n,
   * 3, h, w]}, level after level, row after row.
   */
  public record Heads(Tensor scores, Tensor offsets) {}

  /** What the network gives, in two parts. */
  public Heads heads(Tensor x) {
    TensorVector scores = new TensorVector();
    TensorVector offsets = new TensorVector();
    for (Tensor level : pyramid(x)) {
      scores.push_back(rows(classHead.forward(level), classes));
      offsets.push_back(rows(boxHead.forward(level), SIDES));
    }
    return new Heads(torch.cat(scores, 1), torch.cat(offsets, 1));
  }

  /** Scores and offsets side by side: {@code [n, anchors, classes + 4]}. */
  @Override
  public Tensor forward(Tensor x) {
    Heads heads = heads(x);
    return torch.cat(new TensorVector(heads.scores(), heads.offsets()), 2);
  }

  private List<Tensor> pyramid(Tensor x) {
    Tensor at = stem.forward(x);
    List<Tensor> found = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      at = stages.get(i).forward(at);
      if (i >= size.firstStage()) {
        found.add(at);
      }
    }
    Tensor[] levels = new Tensor[found.size()];
    for (int i = levels.length - 1; i >= 0; i--) {
      Tensor own = lateral.get(i).forward(found.get(i));
      levels[i] = i + 1 < levels.length ? own.add(doubled(levels[i + 1], own)) : own;
    }
    List<Tensor> pyramid = new ArrayList<>();
    for (int i = 0; i < levels.length; i++) {
      pyramid.add(smooth.get(i).forward(levels[i]));
    }
    for (int i = 0; i < extra.size(); i++) {
      at = extra.get(i).forward(i == 0 ? at : torch.relu(at));
      pyramid.add(at);
    }
    return pyramid;
  }

  private static Tensor doubled(Tensor coarse, Tensor like) {
    return torch.upsample_nearest2d(coarse, like.size(2), like.size(3));
  }

  /** {@code [n, anchors · each, h, w]} as {@code [n, h · w · anchors, each]}. */
  private Tensor rows(Tensor map, int each) {
    long n = map.size(0);
    long h = map.size(2);
    long w = map.size(3);
    return map.view(n, anchors, each, h, w)
        .permute(0, 3, 4, 1, 2)
        .reshape(n, h * w * anchors, each);
  }

  private Layer stem() {
    return plainConvolution(3, size.stem(), size.stemKernel(), 2, size.stemKernel() / 2)
        .then(batchNorm(size.stem()))
        .then(torch::relu)
        .then(x -> maxPool(x, 2, 2));
  }

  private Layer stage(int stage, int inputs) {
    int channels = size.channels().get(stage);
    int outputs = channels * size.expansion();
    Layer all = x -> x;
    for (int i = 0; i < size.blocks().get(stage); i++) {
      int before = i == 0 ? inputs : outputs;
      int stride = i == 0 && stage > 0 ? 2 : 1;
      all = all.then(block(before, channels, outputs, stride));
    }
    return all;
  }

  private Layer block(int inputs, int channels, int outputs, int stride) {
    Layer residual =
        size.expansion() == 1
            ? normalized(inputs, channels, 3, stride)
                .then(torch::relu)
                .then(normalized(channels, outputs, 3, 1))
            : normalized(inputs, channels, 1, 1)
                .then(torch::relu)
                .then(normalized(channels, channels, 3, stride))
                .then(torch::relu)
                .then(normalized(channels, outputs, 1, 1));
    Layer shortcut =
        inputs == outputs && stride == 1 ? x -> x : normalized(inputs, outputs, 1, stride);
    return x -> torch.relu(residual.forward(x).add(shortcut.forward(x)));
  }

  private Layer normalized(int inputs, int outputs, int kernel, int stride) {
    return plainConvolution(inputs, outputs, kernel, stride, kernel / 2).then(batchNorm(outputs));
  }

  private Layer head(int each) {
    Layer all = x -> x;
    for (int i = 0; i < size.headLayers(); i++) {
      all = all.then(convolution(size.pyramid(), size.pyramid(), 3, 1, 1)).then(torch::relu);
    }
    return all.then(named("last", () -> convolution(size.pyramid(), anchors * each, 3, 1, 1)));
  }

  private void startAt(double bias) {
    Tensor last = Objects.requireNonNull(state().get("class.last.bias"));
    Engine.scoped(
        () -> {
          NoGradGuard guard = new NoGradGuard();
          try (guard) {
            last.fill_(new Scalar(bias));
          }
        });
  }
}
