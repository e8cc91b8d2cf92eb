/* The operators of these models, by their numbers in TensorFlow Lite's schema. Written by `npm run pack`.
 * jarvis.tflite
 * jarvis-verifier.tflite
 * embedding.tflite
 * phones.tflite
 */
#define MODEL_OPERATORS 0, 2, 3, 4, 9, 14, 17, 22, 34, 45, 98, 114, 129, 142, 143, 144
