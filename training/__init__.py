"""How the learned reader is made: from labelled sentences to the model that is shipped."""
