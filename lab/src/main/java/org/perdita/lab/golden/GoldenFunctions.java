package org.perdita.lab.golden;

import java.util.HashMap;
import java.util.Map;

/** Every function of golden files that Perdita implements, by {@code fn}. */
final class GoldenFunctions {
  private static final Map<String, GoldenFunction> ONE_PLAYER =
      Map.ofEntries(
          Map.entry("binary_cross_entropy", CrossEntropyCases::binary),
          Map.entry("cross_entropy", CrossEntropyCases::multiclass),
          Map.entry("sigmoid_focal_loss", FocalCases::sigmoid),
          Map.entry("keras_retinanet_focal", KerasFocalCases::compute),
          Map.entry("focal_loss_star", FocalCases::star),
          Map.entry("focal_loss_star_beta0", FocalCases::star),
          Map.entry("coco_bbox_eval", CocoCases::boxes),
          Map.entry("box_iou", BoxCases::pairwiseIou),
          Map.entry("generalized_box_iou_loss", BoxCases::generalized),
          Map.entry("distance_box_iou_loss", BoxCases::distance),
          Map.entry("complete_box_iou_loss", BoxCases::complete),
          Map.entry("iou_balanced_sigmoid_focal_loss", IouBalancedCases::focal),
          Map.entry("iou_balanced_cross_entropy", IouBalancedCases::crossEntropy),
          Map.entry("iou_balanced_smooth_l1", IouBalancedCases::smoothL1),
          Map.entry("iou_balanced_smooth_l1_from_anchors", IouBalancedCases::fromAnchors),
          Map.entry("bi_tempered_logistic_loss", BiTemperedCases::multiclass),
          Map.entry("bi_tempered_binary_logistic_loss", BiTemperedCases::binary),
          Map.entry("tempered_softmax", BiTemperedCases::softmax),
          Map.entry("tempered_sigmoid", BiTemperedCases::sigmoid),
          Map.entry("monai.DiceLoss", MonaiCases::dice),
          Map.entry("monai.GeneralizedDiceLoss", MonaiCases::generalizedDice),
          Map.entry("monai.TverskyLoss", MonaiCases::tversky),
          Map.entry("smp.DiceLoss", SegmentationModelsCases::dice),
          Map.entry("smp.TverskyLoss", SegmentationModelsCases::tversky),
          Map.entry("distance_transform_edt", DistanceCases::transform),
          Map.entry("one_hot2dist", DistanceCases::signed),
          Map.entry("boundary_loss", BoundaryCases::boundary),
          Map.entry("generalized_dice_boundary_repo", BoundaryCases::generalizedDice),
          Map.entry("dice_boundary_repo", BoundaryCases::dice),
          Map.entry("cross_entropy_boundary_repo", BoundaryCases::crossEntropy),
          Map.entry("focal_boundary_repo", BoundaryCases::focal),
          Map.entry("hausdorff_loss", BoundaryCases::hausdorff),
          Map.entry("generalized_dice_plus_boundary", BoundaryCases::combination),
          Map.entry("mask_image_gradient_consistency", MattingCases::consistency),
          Map.entry("hair_dye_HairMattingLoss", MattingCases::hairDye),
          Map.entry("alpha_gradient_l1", MattingCases::alphaGradient),
          Map.entry("laplacian_pyramid_loss", MattingCases::laplacianPyramid),
          Map.entry("gram_matrix", PerceptualCases::gram),
          Map.entry("feature_reconstruction_loss", PerceptualCases::features),
          Map.entry("style_loss", PerceptualCases::style),
          Map.entry("total_variation_l2", PerceptualCases::squaredVariation),
          Map.entry("total_variation_l1", PerceptualCases::absoluteVariation),
          Map.entry("preprocess_imagenet", PerceptualCases::imageNetInput),
          Map.entry("preprocess_vgg_caffe", PerceptualCases::caffeInput),
          Map.entry("perceptual_total", EngineCases::total),
          Map.entry("lpips_small_network", EngineCases::lpips),
          Map.entry("instance_norm", EngineCases::instanceNorm),
          Map.entry("bicubic_resize", EngineCases::bicubic),
          Map.entry("ssim", SsimCases::reflected),
          Map.entry("ssim_valid", SsimCases::valid),
          Map.entry("ssim_skimage", SsimCases::scikitImage),
          Map.entry("psnr", SsimCases::psnr),
          Map.entry("rgb_to_ycbcr_bt601", SsimCases::yCbCr),
          Map.entry("log_t", TemperedCases::log),
          Map.entry("exp_t", TemperedCases::exp),
          Map.entry("frechet_distance", FrechetCases::ofFeatures),
          Map.entry("frechet_distance_from_moments", FrechetCases::ofMoments));

  static final Map<String, GoldenFunction> ALL = all();

  private GoldenFunctions() {}

  private static Map<String, GoldenFunction> all() {
    Map<String, GoldenFunction> all = new HashMap<>(ONE_PLAYER);
    all.putAll(GanFunctions.ALL);
    return Map.copyOf(all);
  }
}
