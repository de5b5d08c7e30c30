import { coarseClass, fineClass } from './number-class.js';
import { type NumberToken } from './token.js';
import { tokenise } from './tokenise.js';

test.each([
  ['0', 'i0', 'i1'], ['7', 'i1', 'i1'], ['10', 'i10', 'i2'], ['11', 'i20', 'i2'], ['20', 'i20', 'i2'], ['21', 'i2', 'i2'], ['30', 'i2r', 'i2'],
  ['100', 'i100', 'i3'], ['300', 'i3r', 'i3'], ['340', 'i3t', 'i3'], ['345', 'i3', 'i3'], ['3400', 'i4r', 'i4'], ['3410', 'i4', 'i4'],
  ['56000', 'i5r', 'i5'], ['56010', 'i5', 'i5'],
  ['1.5', 'd1', 'd1'], ['0.5', 'd1z', 'd1'], ['0.25', 'd2z', 'd2'], ['3.1415', 'd3', 'd3'],
  ['1/3', 'fu', 'f'], ['2/3', 'fp', 'f'], ['3/3', 'fi', 'f'], ['5/3', 'fi', 'f'], ['1 2/3', 'fm', 'fm'], ['□/3', 'fb', 'f'],
])('%s is of class %s, coarsely %s', (text, fine, coarse) => {
  const number = tokenise(text)[0] as NumberToken;
  expect([fineClass(number), coarseClass(number)]).toEqual([fine, coarse]);
});
