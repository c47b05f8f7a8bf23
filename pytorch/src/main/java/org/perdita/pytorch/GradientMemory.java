package org.perdita.pytorch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Engine memory for gradients, used again by the next step of the same thread.
 *
 * <p>The allocator returns large blocks to the system when they are freed, and touching new pages
 * costs more than computing what is written to them: at 16.8 M floats 40 ms, twice a loss. So a few
 * large blocks are kept back. A block is used again only when nothing in the engine shares it: a
 * leaf's gradient may be a view of the very memory that was passed to the backward.
 */
final class GradientMemory {
  private static final int LARGE = 1 << 15;
  private static final int KEPT = 4;
  private static final ThreadLocal<GradientMemory> OF_THREAD =
      ThreadLocal.withInitial(GradientMemory::new);

  private final Deque<Tensor> idle = new ArrayDeque<>();

  private GradientMemory() {}

  static GradientMemory ofThread() {
    return OF_THREAD.get();
  }

  /** A float32 block of {@code length} numbers, of no meaning, that no scope frees. */
  Tensor take(long length) {
    for (Iterator<Tensor> blocks = idle.iterator(); blocks.hasNext(); ) {
      Tensor block = blocks.next();
      if (block.numel() == length) {
        blocks.remove();
        return block;
      }
    }
    Tensor block = torch.empty(length);
    block.retainReference();
    return block;
  }

  /** Takes a block back, to keep or to free. */
  void giveBack(Tensor block) {
    if (block.numel() >= LARGE && block.storage().use_count() == 1) {
      idle.addFirst(block);
      if (idle.size() > KEPT) {
        idle.removeLast().releaseReference();
      }
    } else {
      block.releaseReference();
    }
  }
}
