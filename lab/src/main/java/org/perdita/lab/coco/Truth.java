package org.perdita.lab.coco;

/**
 * An object as annotated.
 *
 * @param image the image's id
 * @param category the category's id
 * @param x left side of its box, pixels
 * @param y top side
 * @param width of the box
 * @param height of the box
 * @param area of the object, which decides whether it is small, medium or large; that of its mask,
 *     where it has one
 * @param crowd whether the box holds many objects that nobody told apart: found or not, they do not
 *     count
 */
public record Truth(
    int image,
    int category,
    double x,
    double y,
    double width,
    double height,
    double area,
    boolean crowd) {}
