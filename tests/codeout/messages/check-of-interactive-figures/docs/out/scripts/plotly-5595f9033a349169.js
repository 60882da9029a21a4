var Plotly = {};
