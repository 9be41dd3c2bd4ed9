// The parts of ECharts that the product draws with; everything else stays out of the bundle.
import { BarChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import { DatasetComponent, DataZoomInsideComponent, GridComponent, LegendPlainComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";

use([
  BarChart, LineChart, SankeyChart, ScatterChart, CanvasRenderer, SVGRenderer,
  DatasetComponent, DataZoomInsideComponent, GridComponent, LegendPlainComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent,
]);

export { init };
