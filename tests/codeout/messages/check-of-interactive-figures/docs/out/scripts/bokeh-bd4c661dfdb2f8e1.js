Figure.__name__="Figure";
